import { onBeforeUnmount, onMounted, type Ref } from 'vue';

/**
 * Digits of the keyboard go into `text`, beside those of the pad on the screen; it is no text box, so that no browser offers
 * to keep a PIN and no scanner is taken for a person.
 * @param most digits
 */
export function useTypedDigits(text: Ref<string>, most: number): void {
  const typed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    if (event.key === 'Backspace') text.value = text.value.slice(0, -1);
    else if (/^\d$/.test(event.key) && text.value.length < most) text.value += event.key;
  };
  // Before the listener for scanners takes the digits of somebody who types fast.
  onMounted(() => window.addEventListener('keydown', typed, { capture: true }));
  onBeforeUnmount(() => window.removeEventListener('keydown', typed, { capture: true }));
}
