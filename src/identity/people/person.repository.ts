import { Injectable } from '@nestjs/common';
import type { HeldRole } from '../../kernel/actor.js';
import { Database, type Tx, violatedConstraint } from '../../platform/index.js';
import { LoginTakenError } from '../identity.errors.js';
import type { StaffRole } from './place-scope.js';

/** What a sign-in is decided by. */
export interface SignInRow {
  readonly personId: string;
  readonly login: string;
  readonly displayName: string;
  readonly passwordHash: string;
  /** When the password was set, in microseconds: another number, another password. */
  readonly passwordVersion: number;
  readonly mustChangePassword: boolean;
  readonly isDisabled: boolean;
  /** A one-time password that nobody used in time. */
  readonly isPasswordExpired: boolean;
  /** Every role held anywhere, once. */
  readonly roles: readonly StaffRole[];
}

export interface NewPersonRow {
  readonly personId: string;
  readonly login: string;
  readonly displayName: string;
  readonly passwordHash: string;
  /** Hours until the password runs out and must have been changed; null for one that the person chose. */
  readonly oneTimeHours: number | null;
}

/** A person as one transaction found and locked him. */
export interface LockedPerson {
  readonly personId: string;
  readonly login: string;
  readonly displayName: string;
  readonly isDisabled: boolean;
}

/** A community in which somebody holds a role. */
export interface ReachedPlace {
  readonly communityId: number;
  readonly name: string;
  readonly roles: readonly HeldRole[];
}

/** Enough for a county; an admin of more picks a community by search. */
const PLACES_MAX = 200;

@Injectable()
export class PersonRepository {
  constructor(private readonly database: Database) {}

  async findByLogin(login: string): Promise<SignInRow | undefined> {
    const rows = await this.database.read<SignInRow>('identity.person-by-login', `${SIGN_IN} WHERE p.login = $1`, [
      login,
    ]);
    return rows[0];
  }

  async findById(personId: string): Promise<SignInRow | undefined> {
    const rows = await this.database.read<SignInRow>('identity.person-by-id', `${SIGN_IN} WHERE p.person_id = $1`, [
      personId,
    ]);
    return rows[0];
  }

  /** The communities somebody works in, by id, at most 200: also those below a region of his, or all. */
  async placesOf(personId: string): Promise<ReachedPlace[]> {
    return this.database.read<ReachedPlace>(
      'identity.places',
      `SELECT c.community_id AS "communityId", c.name,
         jsonb_agg(DISTINCT jsonb_build_object('role', g.role, 'siteId', g.site_id)) AS roles
       FROM community AS c
       JOIN region AS t ON t.region_id = c.town_id
       JOIN role_grant AS g ON g.person_id = $1 AND (
         (g.region_id IS NULL AND g.community_id IS NULL)
         OR g.community_id = c.community_id OR g.region_id = t.region_id OR g.region_id = t.parent_id)
       GROUP BY c.community_id, c.name
       ORDER BY c.community_id
       LIMIT ${PLACES_MAX}`,
      [personId],
    );
  }

  /** @throws LoginTakenError */
  async insert(tx: Tx, person: NewPersonRow): Promise<void> {
    try {
      await tx.query(`${INSERT} SELECT ${NEW_VALUES} FROM (SELECT app_now() AS now) AS t`, valuesOf(person));
    } catch (error) {
      throw violatedConstraint(error) === 'uq_person_login' ? new LoginTakenError() : error;
    }
  }

  /** False where there is a person already; of two installers at once only one makes the first. */
  async insertFirst(tx: Tx, person: NewPersonRow): Promise<boolean> {
    const made = (await tx.query(
      `${INSERT} SELECT ${NEW_VALUES} FROM (SELECT app_now() AS now) AS t WHERE NOT EXISTS (SELECT 1 FROM person)
       ON CONFLICT (login) DO NOTHING RETURNING person_id`,
      valuesOf(person),
    )) as unknown[];
    return made.length === 1;
  }

  /** Locks persons in the order of their ids, so that two admins at work on each other never wait in a circle. */
  async lock(tx: Tx, personIds: readonly string[]): Promise<Map<string, LockedPerson>> {
    const rows = (await tx.query(
      `SELECT person_id AS "personId", login, display_name AS "displayName", disabled_at IS NOT NULL AS "isDisabled"
       FROM person WHERE person_id = ANY($1::uuid[]) ORDER BY person_id FOR NO KEY UPDATE`,
      [personIds],
    )) as LockedPerson[];
    return new Map(rows.map((row) => [row.personId, row]));
  }

  async setDisabled(tx: Tx, personId: string, isDisabled: boolean): Promise<void> {
    await tx.query(
      `UPDATE person SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, app_now()) END WHERE person_id = $1`,
      [personId, isDisabled],
    );
  }

  async setOneTimePassword(tx: Tx, personId: string, passwordHash: string, hours: number): Promise<void> {
    await tx.query(
      `UPDATE person SET password_hash = $2, must_change_password = true, password_changed_at = app_now(),
         password_expires_at = app_now() + make_interval(hours => $3)
       WHERE person_id = $1`,
      [personId, passwordHash, hours],
    );
  }

  /** False when the password was changed by somebody else since `knownHash` was read. */
  async setChosenPassword(tx: Tx, personId: string, knownHash: string, passwordHash: string): Promise<boolean> {
    const [, count] = (await tx.query(
      `UPDATE person SET password_hash = $3, must_change_password = false, password_changed_at = app_now(),
         password_expires_at = NULL
       WHERE person_id = $1 AND password_hash = $2`,
      [personId, knownHash, passwordHash],
    )) as [unknown, number];
    return count === 1;
  }

  /**
   * Locks a person who is about to be signed in. False when he was disabled or given another password since the one that
   * he typed was compared: the sessions were ended then, and none may begin now (S-1).
   */
  async lockForSignIn(tx: Tx, person: SignInRow): Promise<boolean> {
    const rows = (await tx.query(
      `SELECT 1 FROM person AS p
       WHERE p.person_id = $1 AND ${PASSWORD_VERSION} = $2 AND p.disabled_at IS NULL FOR NO KEY UPDATE`,
      [person.personId, person.passwordVersion],
    )) as unknown[];
    return rows.length === 1;
  }

  /** The same password under a new hash. */
  async replaceHash(tx: Tx, personId: string, knownHash: string, passwordHash: string): Promise<void> {
    await tx.query(`UPDATE person SET password_hash = $3 WHERE person_id = $1 AND password_hash = $2`, [
      personId,
      knownHash,
      passwordHash,
    ]);
  }
}

const PASSWORD_VERSION = `(extract(epoch FROM p.password_changed_at) * 1000000)::bigint`;

const SIGN_IN = `
  SELECT p.person_id AS "personId", p.login, p.display_name AS "displayName", p.password_hash AS "passwordHash",
    ${PASSWORD_VERSION} AS "passwordVersion",
    p.must_change_password AS "mustChangePassword", p.disabled_at IS NOT NULL AS "isDisabled",
    coalesce(p.password_expires_at <= (SELECT app_now()), false) AS "isPasswordExpired",
    ARRAY(SELECT DISTINCT g.role FROM role_grant AS g WHERE g.person_id = p.person_id ORDER BY g.role) AS roles
  FROM person AS p`;

const INSERT = `
  INSERT INTO person (person_id, login, display_name, password_hash, must_change_password, password_changed_at,
    password_expires_at, disabled_at, created_at)`;
const NEW_VALUES = `$1::uuid, $2::text, $3::text, $4::text, $5::int IS NOT NULL, t.now,
  t.now + make_interval(hours => $5), NULL, t.now`;

function valuesOf(person: NewPersonRow): unknown[] {
  return [person.personId, person.login, person.displayName, person.passwordHash, person.oneTimeHours];
}
