export { Question } from './question.entity.js';
export { QuestionsModule } from './questions.module.js';
export { Questions } from './questions.service.js';
