import { Global, Module } from '@nestjs/common';
import { TaskRunner } from './task-runner.js';
import { TasksController } from './tasks.controller.js';
import './tasks.problems.js';
import { TasksRepository } from './tasks.repository.js';
import { Tasks } from './tasks.service.js';

@Global()
@Module({ controllers: [TasksController], providers: [Tasks, TaskRunner, TasksRepository], exports: [Tasks] })
export class TasksModule {}
