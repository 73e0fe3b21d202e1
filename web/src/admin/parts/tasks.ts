import { onScopeDispose, ref } from 'vue';
import { get, isDefinite, type View } from '../../base/api.js';
import { inLang } from '../../base/lang.js';
import { sentence } from '../../base/problem.js';
import { communityId } from '../place.js';

export type Task = View<'TaskView'>;

const LOOK_MS = 1000;
const SHOWN_MAX = 100;

/** The kind of the badge of a state. */
export const STATE_BADGES = { queued: 'plain', running: 'plain', done: 'good', failed: 'bad' } as const;

const isOver = ({ state }: Task) => state === 'done' || state === 'failed';

/** Why a task ended without a result, in words; empty where it did not. */
export function failureOf({ failure }: Pick<Task, 'failure'>): string {
  return failure === null ? '' : inLang(failure.title, failure.titleEn);
}

/**
 * One's own long works, newest first, looked at every second while one of them is under way or no answer came. They are the
 * server's: a page that was left finds them again.
 * @param isShown those that the page is about
 */
export function useTasks(isShown: (task: Task) => boolean = () => true) {
  const tasks = ref<readonly Task[]>([]);
  const fault = ref('');
  let timer = 0;
  let isGone = false;

  async function look(): Promise<void> {
    clearTimeout(timer);
    let isAnswered = true;
    try {
      const all = await get('/api/communities/{communityId}/tasks', {
        path: { communityId: communityId.value },
        query: { limit: SHOWN_MAX },
      });
      tasks.value = all.filter(isShown);
      fault.value = '';
    } catch (error) {
      isAnswered = isDefinite(error);
      fault.value = sentence(error);
    }
    if (!isGone && (!isAnswered || !tasks.value.every(isOver))) timer = window.setTimeout(look, LOOK_MS);
  }

  onScopeDispose(() => {
    isGone = true;
    clearTimeout(timer);
  });
  void look();
  return { tasks, fault, look };
}

/** What came of a task that is done. @throws Refused, Unanswered */
export async function resultOf(taskId: string): Promise<unknown> {
  const path = { communityId: communityId.value, taskId };
  return (await get('/api/communities/{communityId}/tasks/{taskId}', { path })).result;
}
