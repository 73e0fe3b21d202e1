import { shallowRef } from 'vue';
import type { Answer, Input, PathsOf } from '../../base/api.js';
import { abandon, command, finish, type KeptCommand, unfinished } from '../../base/command.js';

const SLOT = 'counter';

/** The act of the counter whose outcome nobody knows yet: nothing else is begun before it is known. */
export const waiting = shallowRef<KeptCommand | null>(null);

/** What is left from before a reload, or from another tab. */
export function lookForWaiting(): void {
  waiting.value = unfinished(SLOT);
}

/** @throws Refused, Unanswered; where the outcome is unknown, `waiting` has it from then on */
export async function carryOut<P extends PathsOf<'post'>>(
  about: string,
  path: P,
  input: Input<'post', P> & { readonly secrets?: Readonly<Record<string, string>> },
): Promise<Answer<'post', P>> {
  try {
    return await command(SLOT, about, path, input);
  } finally {
    lookForWaiting();
  }
}

/** Sends what waits once more, under its own key. @throws Refused, Unanswered */
export async function askAgain(secrets: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    return await finish(SLOT, secrets);
  } finally {
    lookForWaiting();
  }
}

/** Somebody has looked at the records and takes it from there. */
export function letGo(): void {
  abandon(SLOT);
  lookForWaiting();
}
