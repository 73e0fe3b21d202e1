import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';
import { SETTINGS, type SettingsValues } from './settings.rules.js';

/** A whole number within the limits of the setting of the field's name. */
const Setting = (): PropertyDecorator => describe(false);

/** The same, or null: no limit, no expiry. */
const NullableSetting = (): PropertyDecorator => describe(true);

function describe(nullable: boolean): PropertyDecorator {
  return (target, field) => {
    const { min, max, meaning } = SETTINGS[field as keyof SettingsValues];
    ApiProperty({ type: 'integer', minimum: min, maximum: max, nullable, description: meaning })(target, field);
    if (nullable) ValidateIf((_, value) => value !== null)(target, field);
    for (const rule of [IsInt(), Min(min), Max(max)]) rule(target, field);
  };
}

/** Every setting: a change names them all, so that none is reset by being forgotten. */
export class SettingsFields implements SettingsValues {
  @Setting()
  readonly pointsDecimals: number;

  @Setting()
  readonly pointValueFen: number;

  @Setting()
  readonly visitGramsMax: number;

  @Setting()
  readonly visitCentipointsMax: number;

  @NullableSetting()
  readonly dayRedemptionCentipointsMax: number | null;

  @Setting()
  readonly pinLimitCentipoints: number;

  @Setting()
  readonly undoSeconds: number;

  @Setting()
  readonly lateEntryHours: number;

  @Setting()
  readonly reservationDays: number;

  @Setting()
  readonly overdraftFloorCentipoints: number;

  @Setting()
  readonly receiptApprovalFen: number;

  @NullableSetting()
  readonly expiryMonths: number | null;

  @Setting()
  readonly nearExpiryDays: number;
}

export class ChangeSettingsDto extends SettingsFields {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 2_147_483_647,
    description: 'The version that was read; refused if it is not in force.',
  })
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  readonly version: number;
}
