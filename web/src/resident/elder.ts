import { ref } from 'vue';
import { forget, keep, kept } from '../base/kept.js';

const KEPT = 'elder';

/** 长辈版: everything one size larger, on this device until it is chosen otherwise. */
export const isElder = ref(kept(KEPT) !== null);
show();

export function chooseElder(chosen: boolean): void {
  isElder.value = chosen;
  if (chosen) keep(KEPT, '1');
  else forget(KEPT);
  show();
}

function show(): void {
  document.documentElement.classList.toggle('elder', isElder.value);
}
