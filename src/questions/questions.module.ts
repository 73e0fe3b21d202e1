import { Module } from '@nestjs/common';
import { ResidentsModule } from '../residents/index.js';
import { OwnQuestionsController, QuestionsController } from './questions.controller.js';
import './questions.problems.js';
import { QuestionsRepository } from './questions.repository.js';
import { Questions } from './questions.service.js';

@Module({
  imports: [ResidentsModule],
  controllers: [QuestionsController, OwnQuestionsController],
  providers: [Questions, QuestionsRepository],
})
export class QuestionsModule {}
