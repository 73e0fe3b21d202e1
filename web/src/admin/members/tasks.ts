import { onMounted, onUnmounted, ref } from 'vue';
import { get, type View } from '../../base/api.js';
import { sentence } from '../../base/problem.js';
import { communityId } from '../place.js';

export type Task = View<'TaskView'>;

const LOOK_EVERY_MS = 1_000;
const SHOWN_MAX = 100;

const isEnded = ({ state }: Task) => state === 'done' || state === 'failed';

/**
 * One's own long works of one kind, newest first, looked at again while one of them is under way. They are the server's: a
 * page that was left finds them again.
 */
export function useTasks(kind: string, isAbout: (task: Task) => boolean = () => true) {
  const tasks = ref<readonly Task[]>([]);
  const fault = ref('');
  let timer = 0;
  let isGone = false;

  async function look(): Promise<void> {
    clearTimeout(timer);
    try {
      const all = await get('/api/communities/{communityId}/tasks', {
        path: { communityId: communityId.value },
        query: { limit: SHOWN_MAX },
      });
      tasks.value = all.filter((task) => task.kind === kind && isAbout(task));
      fault.value = '';
    } catch (error) {
      fault.value = sentence(error);
    }
    if (!isGone && tasks.value.some((task) => !isEnded(task))) timer = window.setTimeout(look, LOOK_EVERY_MS);
  }

  onMounted(look);
  onUnmounted(() => {
    isGone = true;
    clearTimeout(timer);
  });
  return { tasks, fault, look };
}

/** What came of a task that is done. @throws Refused, Unanswered */
export async function resultOf(taskId: string): Promise<unknown> {
  const path = { communityId: communityId.value, taskId };
  return (await get('/api/communities/{communityId}/tasks/{taskId}', { path })).result;
}
