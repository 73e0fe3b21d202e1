/**
 * What this device keeps between two visits. A private window, or a browser inside an app, may refuse to keep anything: then
 * it is kept until the page is closed, and nothing on the screen fails.
 */
const untilClosed = new Map<string, string>();

export function kept(name: string): string | null {
  // First what the device would not take: what it still has under the name is older.
  const late = untilClosed.get(name);
  if (late !== undefined) return late;
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
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
