import { ApiProperty } from '@nestjs/swagger';
import type { DatedCode } from './code-history.rules.js';

class DatedCodeView implements DatedCode {
  @ApiProperty({ example: '340506103000' })
  readonly code: string;

  @ApiProperty({ format: 'date' })
  readonly validFrom: string;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'The first day on which it is no longer the code; null while no later code is known.',
  })
  readonly validTo: string | null;
}

export class CodeHistoryView {
  @ApiProperty({ type: [DatedCodeView], description: 'Earliest first.' })
  readonly codes: readonly DatedCode[];
}
