import { ApiProperty } from '@nestjs/swagger';
import type { DisplayRow } from './display-tokens.repository.js';

export class DisplayView {
  @ApiProperty({ format: 'uuid' })
  readonly tokenId: string;

  @ApiProperty({ example: '社区大厅' })
  readonly name: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly siteId: string | null;

  @ApiProperty({ format: 'uuid' })
  readonly createdBy: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly revokedAt: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Noted once a minute at most.' })
  readonly lastSeenAt: Date | null;

  constructor(row: DisplayRow) {
    this.tokenId = row.tokenId;
    this.name = row.name;
    this.siteId = row.siteId;
    this.createdBy = row.createdBy;
    this.createdAt = row.createdAt;
    this.revokedAt = row.revokedAt;
    this.lastSeenAt = row.lastSeenAt;
  }
}

export class NewDisplayView extends DisplayView {
  @ApiProperty({ description: 'To be typed into the display as Bearer token; it is not shown again.' })
  readonly token: string;

  constructor(row: DisplayRow, token: string) {
    super(row);
    this.token = token;
  }
}
