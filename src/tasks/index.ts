export { Task } from './task.entity.js';
export { type TaskOutcome, type TaskRun, TaskRunner } from './task-runner.js';
export { TaskView } from './task.view.js';
export { TasksModule } from './tasks.module.js';
export { type TaskRequest, Tasks } from './tasks.service.js';
