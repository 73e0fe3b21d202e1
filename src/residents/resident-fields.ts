import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { DOOR_CHARACTERS_MAX, normalizeDoor } from './households/door.rules.js';
import { isMemberName, MEMBER_NAME_LENGTH_MAX, normalizeMemberName } from './member-name.rules.js';
import { isMobilePhone, normalizePhone } from './phone.rules.js';

/** Longer texts are not typed into these fields by anybody; tidying one would only cost time. */
const TYPED_CHARACTERS_MAX = 200;

/** The field may be left out; null is not leaving it out, and is a fault like any other wrong type. */
export const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

/** Brings what was typed to the form that is kept, before it is looked at. */
const Tidied = (tidy: (text: string) => string) =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value.length <= TYPED_CHARACTERS_MAX ? tidy(value) : value,
  );

const Passes = (name: string, isRight: (text: string) => boolean, message: string) =>
  ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isRight(value),
      defaultMessage: () => `$property ${message}`,
    },
  });

/** `３ - ２０１` is kept as `3-201`. */
export const DoorField = (api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({ minLength: 1, maxLength: DOOR_CHARACTERS_MAX, example: '3-2-201', ...api }),
    Tidied(normalizeDoor),
    IsString(),
    Length(1, DOOR_CHARACTERS_MAX),
  );

export const MemberNameField = (api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({ minLength: 1, maxLength: MEMBER_NAME_LENGTH_MAX, example: '袁大明', ...api }),
    Tidied(normalizeMemberName),
    Passes('memberName', isMemberName, `must be a name of at most ${MEMBER_NAME_LENGTH_MAX} characters`),
  );

/** Eleven digits once tidied: `+86 138-0001-0000` is kept as `13800010000`. */
export const PhoneField = (api: ApiPropertyOptions = {}) =>
  applyDecorators(
    ApiProperty({
      type: String,
      maxLength: 30,
      example: '13800010000',
      description: 'A mobile number of mainland China.',
      ...api,
    }),
    Tidied(normalizePhone),
    Passes('mobilePhone', isMobilePhone, 'must be a mobile number of 11 digits'),
  );

/** Why something is done, in the words of whoever does it. No names and no numbers: it is kept in the audit record. */
export const ReasonField = () =>
  applyDecorators(ApiProperty({ minLength: 2, maxLength: 200 }), IsString(), Length(2, 200));

/** Six digits (S-9). */
export const PinField = () =>
  applyDecorators(
    ApiProperty({ pattern: '^[0-9]{6}$', example: '409172' }),
    IsString(),
    Matches(/^[0-9]{6}$/, { message: '$property must be six digits' }),
  );
