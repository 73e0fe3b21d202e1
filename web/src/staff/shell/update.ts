import { ref } from 'vue';

/** A newer desk is ready and waits to be let in: it would reload the page, which must not happen in mid-record. */
export const hasUpdate = ref(false);

let waiting: ServiceWorker | null = null;
/** The first worker of a device takes a page over that it did not bring: nothing to reload for. */
let isAsked = false;

/** Keeps the desk on the device, so that it opens without a network. */
export async function keepOnDevice(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.register('/staff-service-worker.js', { scope: '/staff' });
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isAsked) location.reload();
  });
  const look = () => {
    if (registration.waiting === null || navigator.serviceWorker.controller === null) return;
    waiting = registration.waiting;
    hasUpdate.value = true;
  };
  look();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  // What is recorded must not be cleared away because the disk is full.
  await navigator.storage?.persist?.();
}

export function takeOver(): void {
  isAsked = true;
  waiting?.postMessage('take-over', []);
}
