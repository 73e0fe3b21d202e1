import { lang } from './lang.js';

/** Says a sentence aloud where the browser can; where it cannot, the screen has said it already. */
export function say(sentence: string): void {
  if (!('speechSynthesis' in window)) return;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(sentence);
  utterance.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
  utterance.rate = 0.9;
  speechSynthesis.speak(utterance);
}

/** Ends what is being said. */
export function hush(): void {
  if ('speechSynthesis' in window) speechSynthesis.cancel();
}

export function isSpeechThere(): boolean {
  return 'speechSynthesis' in window;
}
