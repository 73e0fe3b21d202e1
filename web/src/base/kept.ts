/**
 * What this device keeps between two visits. A private window, or a browser inside an app, may refuse to keep anything: then
 * it is kept until the page is closed, and nothing on the screen fails.
 */
const untilClosed = new Map<string, string>();

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name) ?? untilClosed.get(name) ?? null;
  } catch {
    return untilClosed.get(name) ?? null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
    untilClosed.delete(name);
  } catch {
    untilClosed.set(name, value);
  }
}

export function forget(name: string): void {
  untilClosed.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // What could not be kept need not be forgotten.
  }
}

/** False where the device refuses to keep anything. */
export function canKeep(): boolean {
  try {
    localStorage.setItem('kept', '1');
    localStorage.removeItem('kept');
    return true;
  } catch {
    return false;
  }
}
