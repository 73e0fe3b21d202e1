import { createParamDecorator, Injectable, type ExecutionContext } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../kernel/actor.js';
import { DomainError, Refusal, type RefusalParams } from '../kernel/domain-error.js';
import { Database, sqlState, type Tx } from './database.js';
import type { AppRequest } from './http.js';
import { BusyError, KeyMissingError, KeyReusedError, ReplyForgottenError, StalePlanError } from './platform.errors.js';
import { SecretBox } from './secret-box.js';

/** A request that moves value: who asks, under which key, and a fingerprint of what is asked. */
export interface Command {
  readonly actor: Actor;
  readonly communityId: number;
  readonly key: string;
  readonly route: string;
  readonly body: unknown;
  readonly requestId: string;
}

/** What a plan comes to: one commit function and its arguments. */
export interface CommitCall {
  readonly function: `commit_${string}`;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A reply as it is kept and sent: text, byte for byte the same for every repetition of the key. */
export class StoredReply {
  constructor(readonly text: string) {}
}

interface CommitAnswer {
  readonly is_refused: boolean;
  readonly is_replay: boolean;
  readonly reply: string;
}

const PLANS_MAX = 4;

/** The command of a request; refuses one without a key. */
export const CurrentCommand = createParamDecorator((_: unknown, context: ExecutionContext): Command => {
  const request = context.switchToHttp().getRequest<AppRequest>();
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !isUuid(key)) throw new KeyMissingError();
  const actor = request.actor as Actor;
  return {
    actor,
    communityId: actor.communityId,
    key: key.toLowerCase(),
    route: `${request.method} ${request.url.split('?', 1)[0]}`,
    body: request.body ?? null,
    requestId: request.id,
  };
});

/**
 * Carries commands out in three steps: the plan reads and decides, one SQL function commits. A refusal is kept under the
 * key like any other answer; a plan that went stale is made again.
 */
@Injectable()
export class Commands {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
  ) {}

  /**
   * @param plan reads what it needs without locks and returns the call, or throws a DomainError
   * @throws Refusal what a rule or the commit function refused; KeyReusedError, BusyError, StalePlanError, DatabaseAwayError
   */
  async run(command: Command, plan: () => Promise<CommitCall>): Promise<StoredReply> {
    const envelope = this.envelope(command);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return answerOf(await this.commit(envelope, plan));
      } catch (error) {
        if (sqlState(error) !== 'EM001') throw translate(error);
        if (attempt === PLANS_MAX) throw new StalePlanError();
      }
    }
  }

  /** The same promise for a use case that is an ordinary transaction of several statements. */
  async runInTransaction(command: Command, work: (tx: Tx) => Promise<object>): Promise<StoredReply> {
    const envelope = this.envelope(command);
    const { community, actor, key, route, bodyHash } = envelope;
    try {
      return await this.database.transaction(async (tx) => {
        const begun = await this.database.callIn<{ is_known: boolean; was_refused: boolean; known_reply: string }>(
          tx,
          'commit_begin',
          { community, actor, key, route, bodyHash },
        );
        if (begun.is_known) {
          return answerOf({ is_refused: begun.was_refused, is_replay: true, reply: begun.known_reply });
        }
        const reply = JSON.stringify(await work(tx));
        await this.database.callIn(tx, 'commit_finish', { community, actor, key, reply });
        return new StoredReply(reply);
      });
    } catch (error) {
      if (error instanceof DomainError && !(error instanceof Refusal) && isBusinessRefusal(error)) {
        return answerOf(await this.refuse(envelope, error));
      }
      throw translate(error);
    }
  }

  private envelope(command: Command) {
    return {
      community: command.communityId,
      actor: command.actor.id,
      role: command.actor.role,
      session: command.actor.sessionId,
      request: command.requestId,
      key: command.key,
      route: command.route,
      // Keyed: a body may carry a PIN, and six digits do not survive a plain hash.
      bodyHash: this.secrets.lookupHash('request-body', canonicalJson(command.body)),
    };
  }

  private async commit(
    envelope: Readonly<Record<string, unknown>>,
    plan: () => Promise<CommitCall>,
  ): Promise<CommitAnswer> {
    let call: CommitCall;
    try {
      call = await plan();
    } catch (error) {
      if (error instanceof DomainError && isBusinessRefusal(error)) return this.refuse(envelope, error);
      throw error;
    }
    return this.database.call<CommitAnswer>(call.function, { ...envelope, ...call.args });
  }

  private async refuse(envelope: Readonly<Record<string, unknown>>, error: DomainError): Promise<CommitAnswer> {
    return this.database.call<CommitAnswer>('commit_refusal', {
      ...envelope,
      code: error.code,
      params: error.params,
    });
  }
}

/** A trouble of the machinery is not an answer: it is not kept, and the same key may try again. */
function isBusinessRefusal(error: DomainError): boolean {
  return !error.code.startsWith('platform.') || error.code === 'platform.not-found';
}

function answerOf(answer: CommitAnswer): StoredReply {
  if (!answer.is_refused) return new StoredReply(answer.reply);
  const refused = JSON.parse(answer.reply) as { code: string; params: RefusalParams; requestId: string };
  throw new Refusal(refused.code, refused.params, refused.requestId);
}

/** The error codes of our own SQL functions, and the one of a lock that was not to be had. */
function translate(error: unknown): unknown {
  switch (sqlState(error)) {
    case 'EM002':
      return new KeyReusedError();
    case 'EM003':
      return new ReplyForgottenError();
    case 'EM004':
      return new Refusal('ledger.account-closed');
    case 'EM015':
      return new Refusal('ledger.own-household');
    case '55P03':
      return new BusyError();
    default:
      return error;
  }
}

/** JSON with the members of every object in one order, so that equal bodies have equal fingerprints. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
