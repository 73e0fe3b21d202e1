import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import { type Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { makeOneTimePassword, ONE_TIME_PASSWORD_HOURS } from '../passwords/one-time-password.js';
import { Passwords } from '../passwords/passwords.js';
import { SYSTEM } from '../stand-in-actors.js';
import { type NewPersonRow, PersonRepository } from './person.repository.js';
import type { NewGrant } from './place-scope.js';
import { Reach } from './reach.js';
import { type PeopleFilter, type PersonInReach, RoleGrantRepository } from './role-grant.repository.js';
import { grantDetail } from './role-grants.service.js';

export interface NewPerson {
  readonly login: string;
  readonly displayName: string;
  readonly grants: readonly NewGrant[];
  /** Absent: a one-time password is made, which must be changed. */
  readonly password?: string;
}

/** Whom somebody made, and the password, which is known here for the only time. */
export interface CreatedPerson {
  readonly personId: string;
  readonly login: string;
  readonly password: string;
}

interface Draft {
  readonly row: NewPersonRow;
  readonly password: string;
}

/** How the accounts of the staff come into being, and who sees them. */
@Injectable()
export class People {
  constructor(
    private readonly database: Database,
    private readonly people: PersonRepository,
    private readonly grants: RoleGrantRepository,
    private readonly reach: Reach,
    private readonly passwords: Passwords,
    private readonly audit: Audit,
  ) {}

  /** The people within an admin's reach, in the order they were made; by exact login, whoever has it. */
  async list(actor: Actor, filter: PeopleFilter): Promise<PersonInReach[]> {
    return this.grants.list(actor.id, filter);
  }

  /**
   * Makes an account with a one-time password and its roles, in one step.
   * @throws NotFoundError a place that is not within the admin's reach; LoginTakenError; AlreadyGrantedError
   */
  async register(actor: Actor, person: NewPerson): Promise<{ person: PersonInReach; password: string }> {
    const draft = await this.draft(person);
    return this.database.transaction(async (tx) => {
      await this.reach.lock(tx, actor, actor.id);
      for (const grant of person.grants) await this.reach.requirePlace(tx, actor, grant);
      await this.insert(tx, actor, person.grants, draft);
      return { person: await this.reach.see(tx, actor, draft.row.personId), password: draft.password };
    });
  }

  /**
   * For the demonstration and for tests, which answer for places and password themselves.
   * @throws LoginTakenError, AlreadyGrantedError
   */
  async create(tx: Tx, actor: Actor, person: NewPerson): Promise<CreatedPerson> {
    const draft = await this.draft(person);
    await this.insert(tx, actor, person.grants, draft);
    return { personId: draft.row.personId, login: person.login, password: draft.password };
  }

  /**
   * The installation's first person: admin of everything, with a password to be shown once and then changed (S-6).
   * @returns undefined where there is somebody already
   */
  async createFirstAdministrator(): Promise<{ personId: string; login: string; oneTimePassword: string } | undefined> {
    const draft = await this.draft({ login: 'admin', displayName: '管理员', grants: [] });
    const { personId, login } = draft.row;
    return this.database.transaction(async (tx) => {
      if (!(await this.people.insertFirst(tx, draft.row))) return undefined;
      await this.tellOfPerson(tx, SYSTEM, personId);
      await this.insertGrants(tx, SYSTEM, personId, [
        { role: 'admin', regionId: null, communityId: null, siteId: null },
      ]);
      return { personId, login, oneTimePassword: draft.password };
    });
  }

  /** The slow part, done before the transaction where there is a choice. */
  private async draft(person: NewPerson): Promise<Draft> {
    const password = person.password ?? makeOneTimePassword();
    const row = {
      personId: uuidv7(),
      login: person.login,
      displayName: person.displayName,
      passwordHash: await this.passwords.hash(password),
      oneTimeHours: person.password === undefined ? ONE_TIME_PASSWORD_HOURS : null,
    };
    return { row, password };
  }

  private async insert(tx: Tx, actor: Actor, grants: readonly NewGrant[], draft: Draft): Promise<void> {
    await this.people.insert(tx, draft.row);
    await this.tellOfPerson(tx, actor, draft.row.personId);
    await this.insertGrants(tx, actor, draft.row.personId, grants);
  }

  private async insertGrants(tx: Tx, actor: Actor, personId: string, grants: readonly NewGrant[]): Promise<void> {
    for (const grant of grants) {
      const grantId = await this.grants.insert(tx, personId, grant, actor.id);
      await this.audit.record(
        tx,
        { ...actor, communityId: grant.communityId ?? 0 },
        {
          action: 'identity.grant',
          subjectKind: 'person',
          subjectId: personId,
          detail: grantDetail(grantId, grant),
        },
      );
    }
  }

  private async tellOfPerson(tx: Tx, actor: Actor, personId: string): Promise<void> {
    await this.audit.record(
      tx,
      { ...actor, communityId: 0 },
      { action: 'identity.create-person', subjectKind: 'person', subjectId: personId },
    );
  }
}
