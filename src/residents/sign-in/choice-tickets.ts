import { Injectable } from '@nestjs/common';
import { Database, SecretBox } from '../../platform/index.js';

/** How long somebody may think about which of his households he means. */
export const TICKET_LIFE_SECONDS = 5 * 60;

const PURPOSE = 'sign-in.choice';

/**
 * Says that somebody has shown the right code of a phone, so that he can still choose a household when the code, which is
 * good once, is used up. Sealed by us: it can neither be made nor altered outside.
 */
@Injectable()
export class ChoiceTickets {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
  ) {}

  async issue(phoneHash: Buffer): Promise<string> {
    const until = (await this.database.now()).getTime() + TICKET_LIFE_SECONDS * 1000;
    return this.secrets.seal(PURPOSE, `${until} ${phoneHash.toString('base64url')}`).toString('base64url');
  }

  /** True for a ticket of this phone that has not run out. */
  async isGood(ticket: string, phoneHash: Buffer): Promise<boolean> {
    const [until, hash] = this.open(ticket).split(' ');
    return hash === phoneHash.toString('base64url') && Number(until) > (await this.database.now()).getTime();
  }

  private open(ticket: string): string {
    try {
      return this.secrets.open(PURPOSE, Buffer.from(ticket, 'base64url'));
    } catch {
      return '';
    }
  }
}
