import { ref } from 'vue';

export interface Toast {
  readonly id: number;
  readonly kind: 'good' | 'bad';
  readonly words: string;
}

const GOOD_MS = 2000;
const BAD_MS = 6000;
let count = 0;

export const toasts = ref<readonly Toast[]>([]);

/** Says shortly that something was done (2 s) or was not (6 s). It takes no focus and stops nothing. */
export function toast(words: string, kind: Toast['kind'] = 'good'): void {
  count += 1;
  const id = count;
  toasts.value = [...toasts.value.slice(-2), { id, kind, words }];
  setTimeout(
    () => {
      toasts.value = toasts.value.filter((shown) => shown.id !== id);
    },
    kind === 'good' ? GOOD_MS : BAD_MS,
  );
}
