import { onBeforeUnmount, onMounted } from 'vue';

const KEYS: Readonly<Record<string, string>> = {
  F1: 'F1',
  F2: 'F2',
  F4: 'F4',
  F7: 'F7',
  F8: 'F8',
  F9: 'F9',
  F10: 'F10',
  Escape: 'Esc',
};

/** Each key presses the button that shows it; while a sheet is open, only buttons of the sheet. */
export function useHotkeys(): void {
  onMounted(() => window.addEventListener('keydown', pressed));
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed));
}

function pressed(event: KeyboardEvent): void {
  const hotkey = KEYS[event.key];
  if (hotkey === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  const sheet = document.querySelector<HTMLDialogElement>('dialog[open]');
  if (hotkey === 'Esc') {
    // A sheet closes by itself, and a box gives the key back to the page.
    if (sheet !== null) return;
    if (event.target instanceof HTMLInputElement) return event.target.blur();
  }
  // Also where no button has it now: F1 must not open the browser's help in the middle of an order.
  event.preventDefault();
  // A key that is held down is one press.
  if (event.repeat) return;
  (sheet ?? document).querySelector<HTMLButtonElement>(`[aria-keyshortcuts="${hotkey}"]:not(:disabled)`)?.click();
}
