import { Injectable } from '@nestjs/common';
import { canonicalJson, type Command, refusalOf } from '../platform/index.js';
import type { BatchRecordDto } from './weigh-ins.dto.js';
import { WeighIns } from './weigh-ins.service.js';

/** What became of one record of a batch. */
export interface BatchAnswer {
  readonly key: string;
  readonly status: number;
  /** The reply of a single weigh-in, or a problem. */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Takes what a device recorded while it had no network: each record under its own key, in the order it came, each with its
 * own answer. One that is refused stops none of the others; a trouble of the machinery stops the batch, and the device
 * sends the same batch again.
 */
@Injectable()
export class WeighInBatches {
  constructor(private readonly weighIns: WeighIns) {}

  async record(command: Omit<Command, 'key'>, records: readonly BatchRecordDto[]): Promise<BatchAnswer[]> {
    const answers: BatchAnswer[] = [];
    for (const { key, ...visit } of records) {
      const body = JSON.parse(canonicalJson(visit)) as unknown;
      try {
        // The device asked about repeats when the record was made.
        const reply = await this.weighIns.record({ ...command, key, body }, { ...visit, confirmRepeat: true });
        answers.push({ key, status: 201, body: JSON.parse(reply.text) as Record<string, unknown> });
      } catch (error) {
        const problem = refusalOf(error);
        if (problem === undefined || problem.status === 503) throw error;
        answers.push({ key, status: problem.status, body: { ...problem } });
      }
    }
    return answers;
  }
}
