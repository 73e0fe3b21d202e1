import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database, type Tx } from '../../platform/index.js';
import { namePinyin } from '../member-name.rules.js';
import { MemberNotFoundError } from '../residents.errors.js';
import { type BatchTable, insertInBatches } from './batches.js';
import { Member } from './member.entity.js';
import { PhoneDirectory } from './phone-directory.js';
import { NO_PHONE, PhoneSeals, type SealedPhone } from './phone-seals.js';

/** A person as he is entered. The phone has eleven digits. */
export interface PersonToEnter {
  readonly name: string;
  readonly isHead: boolean;
  readonly phone: string | null;
}

export type NewMember = Omit<Member, 'leftAt' | 'createdAt'>;

export type LockedMember = Pick<Member, 'memberId' | 'householdId' | 'isHead' | 'phoneHash' | 'leftAt'>;

@Injectable()
export class MembersRepository {
  constructor(
    private readonly database: Database,
    private readonly seals: PhoneSeals,
    private readonly directory: PhoneDirectory,
  ) {}

  make(communityId: number, householdId: string, person: PersonToEnter): NewMember {
    return {
      communityId,
      memberId: uuidv7(),
      householdId,
      isHead: person.isHead,
      ...nameColumns(person.name),
      ...this.sealed(person.phone),
    };
  }

  /** The directory of phones follows. */
  async insert(tx: Tx, members: readonly NewMember[]): Promise<void> {
    await insertInBatches(tx, MEMBERS, members);
    await this.directory.enter(
      tx,
      members.flatMap(({ phoneHash, communityId, householdId }) =>
        phoneHash === null ? [] : [{ phoneHash, communityId, householdId }],
      ),
    );
  }

  /**
   * The household of a member, so that it can be locked before the member is.
   * @throws MemberNotFoundError
   */
  async householdOf(tx: Tx, communityId: number, memberId: string): Promise<string> {
    const member = await tx.findOne(Member, { where: { communityId, memberId }, select: { householdId: true } });
    if (member === null) throw new MemberNotFoundError();
    return member.householdId;
  }

  /** @throws MemberNotFoundError where he is not, or no longer, of this household */
  async lockCurrent(tx: Tx, communityId: number, householdId: string, memberId: string): Promise<LockedMember> {
    const [member] = (await tx.query(
      `SELECT member_id AS "memberId", household_id AS "householdId", is_head AS "isHead", phone_hash AS "phoneHash",
         left_at AS "leftAt"
       FROM member WHERE community_id = $1 AND member_id = $2 AND household_id = $3 AND left_at IS NULL
       FOR NO KEY UPDATE`,
      [communityId, memberId, householdId],
    )) as LockedMember[];
    if (member === undefined) throw new MemberNotFoundError();
    return member;
  }

  /** Those who have not left, the head first. */
  async currentOf(communityId: number, householdId: string): Promise<Member[]> {
    return this.database.read<Member>(
      'residents.members',
      `SELECT community_id AS "communityId", member_id AS "memberId", household_id AS "householdId", name, pinyin, initials,
         is_head AS "isHead", phone_sealed AS "phoneSealed", phone_hash AS "phoneHash",
         phone_tail_hash AS "phoneTailHash", left_at AS "leftAt", created_at AS "createdAt"
       FROM member WHERE community_id = $1 AND household_id = $2 AND left_at IS NULL
       ORDER BY is_head DESC, member_id`,
      [communityId, householdId],
    );
  }

  async countCurrent(tx: Tx, communityId: number, householdId: string): Promise<number> {
    const [row] = (await tx.query(
      `SELECT count(*)::int AS count FROM member WHERE community_id = $1 AND household_id = $2 AND left_at IS NULL`,
      [communityId, householdId],
    )) as { count: number }[];
    return row?.count ?? 0;
  }

  async rename(tx: Tx, communityId: number, memberId: string, name: string): Promise<void> {
    await tx.update(Member, { communityId, memberId }, nameColumns(name));
  }

  /** Nothing of the name can be searched any more. */
  async anonymize(tx: Tx, communityId: number, memberId: string, name: string): Promise<void> {
    await tx.update(Member, { communityId, memberId }, { name, pinyin: '', initials: '', ...NO_PHONE });
  }

  /** The one before him, if there is one, is an ordinary member from now on. */
  async makeHead(tx: Tx, communityId: number, householdId: string, memberId: string): Promise<void> {
    await tx.update(Member, { communityId, householdId, isHead: true }, { isHead: false });
    await tx.update(Member, { communityId, memberId }, { isHead: true });
  }

  async leave(tx: Tx, communityId: number, memberId: string): Promise<void> {
    await tx.update(Member, { communityId, memberId }, { leftAt: () => 'app_now()', ...NO_PHONE });
  }

  /** @param phone eleven digits, or null to forget the one that is kept */
  async keepPhone(tx: Tx, communityId: number, memberId: string, phone: string | null): Promise<void> {
    await tx.update(Member, { communityId, memberId }, this.sealed(phone));
  }

  /** The number as it is; null where none is kept. @throws MemberNotFoundError */
  async phoneOf(communityId: number, memberId: string): Promise<string | null> {
    const [member] = await this.database.read<Pick<Member, 'phoneSealed'>>(
      'residents.member-phone',
      `SELECT phone_sealed AS "phoneSealed" FROM member WHERE community_id = $1 AND member_id = $2`,
      [communityId, memberId],
    );
    if (member === undefined) throw new MemberNotFoundError();
    return member.phoneSealed === null ? null : this.seals.open(member.phoneSealed);
  }

  async dropPhonesOf(tx: Tx, communityId: number, householdId: string): Promise<void> {
    await tx.query(
      `UPDATE member SET phone_sealed = NULL, phone_hash = NULL, phone_tail_hash = NULL
       WHERE community_id = $1 AND household_id = $2 AND phone_hash IS NOT NULL`,
      [communityId, householdId],
    );
  }

  /** Everybody of one household becomes an ordinary member of another. */
  async moveAll(tx: Tx, communityId: number, from: string, to: string): Promise<void> {
    await tx.update(Member, { communityId, householdId: from }, { householdId: to, isHead: false });
  }

  private sealed(phone: string | null): SealedPhone {
    return phone === null ? NO_PHONE : this.seals.seal(phone);
  }
}

function nameColumns(name: string): Pick<Member, 'name' | 'pinyin' | 'initials'> {
  const { full, initials } = namePinyin(name);
  return { name, pinyin: full, initials };
}

const MEMBERS: BatchTable<NewMember> = {
  table: 'member',
  columns: {
    communityId: ['community_id', 'bigint'],
    memberId: ['member_id', 'uuid'],
    householdId: ['household_id', 'uuid'],
    name: ['name', 'text'],
    pinyin: ['pinyin', 'text'],
    initials: ['initials', 'text'],
    isHead: ['is_head', 'boolean'],
    phoneSealed: ['phone_sealed', 'bytea'],
    phoneHash: ['phone_hash', 'bytea'],
    phoneTailHash: ['phone_tail_hash', 'bytea'],
  },
  constants: { created_at: '(SELECT app_now())' },
};
