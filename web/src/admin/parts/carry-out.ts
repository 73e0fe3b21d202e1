import { reactive } from 'vue';
import { type Answer, type PathsOf, wireOf } from '../../base/api.js';
import { command, type CommandInput, finish, unfinished } from '../../base/command.js';

/** What waits for its answer, by slot, in the words of the screen. */
const waiting = reactive(new Map<string, string>());

/** What the slot's command was about, where nobody knows how it ended; undefined where nothing waits. */
export function waitingIn(slot: string): string | undefined {
  return waiting.get(slot);
}

/** Looks at what this device has kept; a page does so when it opens. */
export function lookAt(slot: string): void {
  const kept = unfinished(slot);
  if (kept === null) waiting.delete(slot);
  else waiting.set(slot, kept.about);
}

/**
 * A command of a page that says what still waits. Pressed again after a lost answer, the very same act asks for that answer
 * and is no second one.
 * @throws Refused, Unanswered
 */
export async function carryOut<P extends PathsOf<'post'>>(
  slot: string,
  about: string,
  path: P,
  input: CommandInput<P>,
): Promise<Answer<'post', P>> {
  const kept = unfinished(slot);
  try {
    if (kept !== null && JSON.stringify(kept.wire) === JSON.stringify(wireOf('post', path, input))) {
      return (await finish(slot)) as Answer<'post', P>;
    }
    return await command(slot, about, path, input);
  } finally {
    lookAt(slot);
  }
}
