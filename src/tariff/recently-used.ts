/** Keeps the values that were used last, `max` at most; the one that was not asked for the longest goes first. */
export class RecentlyUsed<Value> {
  /** A Map remembers the order of insertion: the first key is the one that waits the longest. */
  private readonly values = new Map<string, Value>();

  constructor(private readonly max: number) {}

  get(key: string): Value | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size <= this.max) return;
    for (const oldest of this.values.keys()) {
      this.values.delete(oldest);
      return;
    }
  }
}
