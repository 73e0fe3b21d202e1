import { Injectable } from '@nestjs/common';
import { CODE_LIFE_SECONDS, OneTimeCodes, SignInFailedError } from '../../identity/index.js';
import { PhoneDirectory } from '../households/phone-directory.js';
import { PhoneSeals } from '../households/phone-seals.js';
import { ChoiceTickets, TICKET_LIFE_SECONDS } from './choice-tickets.js';
import { type HouseholdToEnter, ResidentSessions, type SignedInHousehold } from './resident-sessions.js';

/** Several households keep the phone; the ticket stands for the code, which is used up. */
export interface HouseholdChoice {
  readonly households: readonly HouseholdToEnter[];
  readonly ticket: string;
  readonly expiresInSeconds: number;
}

/** What proves that the phone is in the caller's hand: the code, or the ticket that the code was given for. */
export interface PhoneProof {
  readonly code?: string;
  readonly ticket?: string;
}

/** Signing in with a code sent to a phone that is kept for a household. */
@Injectable()
export class PhoneSignIn {
  constructor(
    private readonly codes: OneTimeCodes,
    private readonly tickets: ChoiceTickets,
    private readonly directory: PhoneDirectory,
    private readonly seals: PhoneSeals,
    private readonly sessions: ResidentSessions,
  ) {}

  /**
   * Sends a code if a household keeps this phone. The answer is the same if none does.
   * @param phone eleven digits
   * @returns how long a code is good, in seconds
   * @throws CodeTooSoonError
   */
  async sendCode(phone: string): Promise<number> {
    const phoneHash = this.seals.hashOf(phone);
    const isKnown = (await this.directory.householdsOf(phoneHash)).length > 0;
    await this.codes.send(phoneHash, isKnown ? phone : null);
    return CODE_LIFE_SECONDS;
  }

  /**
   * @param householdId which of several households is meant; not needed where there is one
   * @throws SignInFailedError, SignInLockedError
   */
  async signIn(
    phone: string,
    proof: PhoneProof,
    householdId: string | null,
    address: string,
  ): Promise<SignedInHousehold | HouseholdChoice> {
    const phoneHash = this.seals.hashOf(phone);
    const caller = {
      throttleSubject: `phone:${phone}`,
      communityId: 0,
      subjectKind: 'phone',
      subjectId: 'unknown',
      address,
    } as const;
    const households = await this.sessions.attempt(caller, () => this.householdsBehind(phoneHash, proof));
    const meant = householdId === null ? households : households.filter((each) => each.householdId === householdId);
    const [only] = meant;
    if (only === undefined) throw new SignInFailedError();
    if (meant.length === 1) return this.sessions.open(only, 'phone', address);
    return { households, ticket: await this.tickets.issue(phoneHash), expiresInSeconds: TICKET_LIFE_SECONDS };
  }

  private async householdsBehind(phoneHash: Buffer, proof: PhoneProof): Promise<HouseholdToEnter[] | undefined> {
    if (!(await this.isProved(phoneHash, proof))) return undefined;
    const entries = await this.directory.householdsOf(phoneHash);
    const households: HouseholdToEnter[] = [];
    for (const { communityId, householdId } of entries) {
      const household = await this.sessions.enterable(communityId, householdId);
      if (household !== undefined) households.push(household);
    }
    return households.length === 0 ? undefined : households;
  }

  private async isProved(phoneHash: Buffer, { code, ticket }: PhoneProof): Promise<boolean> {
    if (ticket !== undefined) return this.tickets.isGood(ticket, phoneHash);
    return code !== undefined && this.codes.verify(phoneHash, code);
  }
}
