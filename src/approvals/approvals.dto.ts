import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { PageQuery } from '../platform/index.js';

export class ApprovalsQuery extends PageQuery {
  @ApiProperty({ enum: ['pending', 'approved', 'refused', 'withdrawn'], default: 'pending', required: false })
  @IsIn(['pending', 'approved', 'refused', 'withdrawn'])
  readonly status: string = 'pending';
}

export class CloseApprovalDto {
  @ApiProperty({ enum: ['refused', 'withdrawn'] })
  @IsIn(['refused', 'withdrawn'])
  readonly decision: 'refused' | 'withdrawn';

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  readonly reason: string;
}
