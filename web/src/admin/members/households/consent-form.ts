import { ref } from 'vue';
import type { View } from '../../../base/api.js';
import { keep, kept } from '../../../base/kept.js';

export type Consent = View<'GivenConsentDto'>;

const KEPT = 'consent-version';

/** Which wording is being signed, remembered on this device: a community uses one for months. */
export function useConsent() {
  const version = ref(kept(KEPT) ?? '');
  const channel = ref<Consent['channel']>('paper');

  /** @returns null where the version has not the form that the server takes */
  function given(purpose: Consent['purpose']): Consent | null {
    const text = version.value.trim();
    if (!/^[0-9A-Za-z._-]{1,20}$/.test(text)) return null;
    keep(KEPT, text);
    return { purpose, version: text, channel: channel.value };
  }

  return { version, channel, given };
}
