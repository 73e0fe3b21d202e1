import { ref } from 'vue';
import { sentence } from '../../base/problem.js';

/** What a page tried last, and why it did not work, in words. */
export function useAttempt() {
  const fault = ref('');
  const busy = ref(false);

  /** @returns true when it was done */
  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    fault.value = '';
    busy.value = true;
    try {
      await act();
      return true;
    } catch (error) {
      fault.value = sentence(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { fault, busy, attempt };
}
