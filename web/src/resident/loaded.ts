import { onMounted, onScopeDispose, ref, shallowRef } from 'vue';
import { Refused, sentence, Unanswered } from '../base/problem.js';
import { t } from './words.js';

const ASK_AGAIN_MS = 5000;

/**
 * What a page shows of the server. Without a network it says so, asks again every 5 s and when the network or the page comes
 * back, and keeps what it had; `isOld` is true while that may no longer be so.
 */
export function useLoaded<T>(load: () => Promise<T>) {
  const value = shallowRef<T>();
  const fault = ref('');
  const isOld = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  async function reload(): Promise<void> {
    clearTimeout(timer);
    asked += 1;
    const mine = asked;
    try {
      const loaded = await load();
      if (mine !== asked) return;
      value.value = loaded;
      fault.value = '';
      isOld.value = false;
    } catch (error) {
      if (mine !== asked) return;
      isOld.value = true;
      fault.value = error instanceof Unanswered ? t('retrying') : sentence(error);
      if (!(error instanceof Refused)) timer = setTimeout(() => void reload(), ASK_AGAIN_MS);
    }
  }

  const whenSeen = () => {
    if (document.visibilityState === 'visible') void reload();
  };
  const whenAway = () => {
    isOld.value = true;
    fault.value = t('retrying');
  };
  const whenOnline = () => void reload();

  onMounted(() => {
    void reload();
    document.addEventListener('visibilitychange', whenSeen);
    window.addEventListener('online', whenOnline);
    window.addEventListener('offline', whenAway);
  });
  onScopeDispose(() => {
    asked += 1;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', whenSeen);
    window.removeEventListener('online', whenOnline);
    window.removeEventListener('offline', whenAway);
  });
  return { value, fault, isOld, reload };
}
