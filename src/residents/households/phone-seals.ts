import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../platform/index.js';
import { maskPhone, phoneTail } from '../phone.rules.js';
import type { Member } from './member.entity.js';

/** How a phone number is kept: sealed, with keyed hashes to find it whole or by its last four digits. */
export type SealedPhone = Pick<Member, 'phoneSealed' | 'phoneHash' | 'phoneTailHash'>;

export const NO_PHONE: SealedPhone = { phoneSealed: null, phoneHash: null, phoneTailHash: null };

const PHONE = 'member.phone';
const PHONE_TAIL = 'member.phone-tail';

/** The only place that sees phone numbers as they are (S-30). */
@Injectable()
export class PhoneSeals {
  constructor(private readonly secrets: SecretBox) {}

  /** @param phone eleven digits */
  seal(phone: string): { [Field in keyof SealedPhone]: Buffer } {
    return {
      phoneSealed: this.secrets.seal(PHONE, phone),
      phoneHash: this.hashOf(phone),
      phoneTailHash: this.hashOfTail(phoneTail(phone)),
    };
  }

  hashOf(phone: string): Buffer {
    return this.secrets.lookupHash(PHONE, phone);
  }

  hashOfTail(tail: string): Buffer {
    return this.secrets.lookupHash(PHONE_TAIL, tail);
  }

  open(phoneSealed: Buffer): string {
    return this.secrets.open(PHONE, phoneSealed);
  }

  /** `138****0000`, or null where none is kept. */
  masked(phoneSealed: Buffer | null): string | null {
    return phoneSealed === null ? null : maskPhone(this.open(phoneSealed));
  }
}
