import { ref } from 'vue';
import { sentence } from '../../base/problem.js';

/** What a page or a dialog tried last: whether it is still under way, and why it did not work, in words. */
export function useAttempt() {
  const fault = ref('');
  const isBusy = ref(false);

  /** @returns true when it was done */
  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    fault.value = '';
    isBusy.value = true;
    try {
      await act();
      return true;
    } catch (error) {
      fault.value = sentence(error);
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return { fault, isBusy, attempt };
}
