import { type Answer, type Input, isDefinite, type PathsOf, send, type Wire, wireOf } from './api.js';
import { forget, keep, kept as keptText } from './kept.js';
import { actorId } from './session.js';

/**
 * What moves points or goods. Its key is made and kept before it is sent, so that a lost reply, a reload or an empty battery
 * never turns one act into two: it is sent again under the same key until the answer is known.
 */
export interface KeptCommand {
  readonly key: string;
  readonly wire: Wire;
  /** Names of fields that were typed for this once and are not kept, such as a PIN. They must be typed again, the same. */
  readonly secrets: readonly string[];
  /** What the screen says about it while its outcome is unknown. */
  readonly about: string;
}

const WAITS_MS = [500, 1500, 4000] as const;

/**
 * Each person has slots of his own: the server knows a key only together with who sent it, so another's command, finished
 * after a change of shift, would be a second act.
 */
const keptName = (slot: string) => `command:${actorId()}:${slot}`;

/** What a command is sent with. */
export type CommandInput<P extends PathsOf<'post'>> = Input<'post', P> & {
  readonly secrets?: Readonly<Record<string, string>>;
  /** Of an act that had its key before it came here: copies of it, in other tabs, are still one act. */
  readonly key?: string;
};

/**
 * Carries one command out. A slot holds one command at a time: the next one waits until the outcome of the last is known.
 * @param slot where it is kept, such as `counter`
 * @throws Refused for a definite no; Unanswered where the outcome is unknown: then `unfinished(slot)` has it
 */
export async function command<P extends PathsOf<'post'>>(
  slot: string,
  about: string,
  path: P,
  input: CommandInput<P>,
): Promise<Answer<'post', P>> {
  if (unfinished(slot) !== null) throw new Error(`the slot ${slot} still waits for an answer`);
  const { secrets = {}, key = crypto.randomUUID(), ...open } = input;
  const kept: KeptCommand = {
    key,
    wire: wireOf('post', path, open as unknown as Input<'post', P>),
    secrets: Object.keys(secrets),
    about,
  };
  const name = keptName(slot);
  keep(name, JSON.stringify(kept));
  return (await ask(name, kept, secrets, isAboutTheSender)) as Answer<'post', P>;
}

/** The command in this slot whose outcome nobody knows yet. */
export function unfinished(slot: string): KeptCommand | null {
  return commandOf(keptName(slot));
}

function commandOf(name: string): KeptCommand | null {
  const text = keptText(name);
  return text === null ? null : (JSON.parse(text) as KeptCommand);
}

/** Asks again, under the same key: the server carries out what it has not done, or repeats its answer. */
export async function finish(slot: string, secrets: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const name = keptName(slot);
  const kept = commandOf(name);
  if (kept === null) throw new Error(`nothing waits in the slot ${slot}`);
  return ask(name, kept, secrets, kept.secrets.length === 0 ? isAboutTheSender : isAboutTheSecret);
}

/**
 * Gives up asking, once somebody has looked into the records for what became of it. Never before: a second command under
 * another key would be carried out a second time.
 */
export function abandon(slot: string): void {
  forget(keptName(slot));
}

/** @param leavesOpen which refusals say nothing about whether the command was carried out */
async function ask(
  name: string,
  kept: KeptCommand,
  secrets: Readonly<Record<string, string>>,
  leavesOpen: (error: unknown) => boolean,
): Promise<unknown> {
  // Two may ask for the same answer at once; the slower one must not take what was put here since.
  const settled = () => {
    if (commandOf(name)?.key === kept.key) forget(name);
  };
  const wire =
    kept.secrets.length === 0 ? kept.wire : { ...kept.wire, body: { ...(kept.wire.body as object), ...secrets } };
  try {
    const answer = await send(wire, { key: kept.key, waits: WAITS_MS });
    settled();
    return answer;
  } catch (error) {
    if (isDefinite(error) && !leavesOpen(error)) settled();
    throw error;
  }
}

/** Signed out or too fast says nothing about the command: it waits for the next sign-in, or a minute. */
function isAboutTheSender(error: unknown): boolean {
  const status = (error as { problem?: { status?: number } }).problem?.status;
  return status === 401 || status === 429;
}

/**
 * When a command is sent again with its secret typed anew, a wrong or locked secret (403, 423), or another one than the first
 * time (the key was used for other words), does not undo what the first sending may have done.
 */
function isAboutTheSecret(error: unknown): boolean {
  const { status, type } = (error as { problem?: { status?: number; type?: string } }).problem ?? {};
  return isAboutTheSender(error) || status === 403 || status === 423 || type === 'platform.key-reused';
}
