import { onUnmounted, ref } from 'vue';
import { get, type View } from '../../base/api.js';
import { inLang } from '../../base/lang.js';
import { sentence } from '../../base/problem.js';
import { communityId } from '../place.js';

export type Task = View<'TaskView'>;

const LOOK_MS = 1000;
const LIMIT = 30;

export function isOver(task: Pick<Task, 'state'>): boolean {
  return task.state === 'done' || task.state === 'failed';
}

/** Why a task ended without a result, in words. */
export function failureOf(task: Task): string {
  return task.failure === null ? '' : inLang(task.failure.title, task.failure.titleEn);
}

/** The person's own tasks, newest first; looked at every second while one of them runs. */
export function useTasks() {
  const tasks = ref<readonly Task[]>([]);
  const fault = ref('');
  let timer = 0;

  async function look(): Promise<void> {
    clearTimeout(timer);
    try {
      const query = { limit: LIMIT };
      tasks.value = await get('/api/communities/{communityId}/tasks', {
        path: { communityId: communityId.value },
        query,
      });
      fault.value = '';
    } catch (error) {
      fault.value = sentence(error);
    }
    if (fault.value !== '' || tasks.value.some((task) => !isOver(task))) timer = window.setTimeout(look, LOOK_MS);
  }

  onUnmounted(() => clearTimeout(timer));
  void look();
  return { tasks, fault, look };
}
