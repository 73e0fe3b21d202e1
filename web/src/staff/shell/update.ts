import { ref } from 'vue';

/** A newer desk is ready and waits to be let in: it would reload the page, which must not happen in mid-record. */
export const hasUpdate = ref(false);

let waiting: ServiceWorker | null = null;
/** The first worker of a device takes a page over that it did not bring: nothing to reload for. */
let isAsked = false;
/** Another tab has let the new one in: what this page would load later is gone from the device. */
let isOvertaken = false;

/** Keeps the desk on the device, so that it opens without a network. */
export async function keepOnDevice(): Promise<void> {
  // What is recorded must not be cleared away because the disk is full.
  void navigator.storage?.persist?.();
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const { serviceWorker } = navigator;
  const isKept = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (isAsked) location.reload();
    else if (isKept) isOvertaken = hasUpdate.value = true;
  });
  const registration = await serviceWorker.register('/staff-service-worker.js', { scope: '/staff' });
  const look = () => {
    if (registration.waiting === null || serviceWorker.controller === null) return;
    waiting = registration.waiting;
    hasUpdate.value = true;
  };
  const follow = () => registration.installing?.addEventListener('statechange', look);
  // The search may have begun before this page listened.
  look();
  follow();
  registration.addEventListener('updatefound', follow);
}

export function takeOver(): void {
  isAsked = true;
  if (isOvertaken) location.reload();
  else waiting?.postMessage('take-over', []);
}
