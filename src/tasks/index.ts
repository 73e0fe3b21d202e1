export { Task } from './task.entity.js';
export { type TaskOutcome, type TaskRight, type TaskRun, TaskRunner } from './task-runner.js';
export { TaskTooLargeError } from './tasks.errors.js';
export { TaskView } from './task.view.js';
export { TasksModule } from './tasks.module.js';
export type { TaskRow } from './tasks.repository.js';
export { type TaskRequest, Tasks } from './tasks.service.js';
