/** Holds what was read for a while, so that any number of people who ask at once cost one reading. */
export class Kept<Value> {
  private readonly values = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();

  /**
   * @param milliseconds how long a value is given out
   * @param max how many are held; the one read first makes room
   */
  constructor(
    private readonly milliseconds: number,
    private readonly max: number,
  ) {}

  /** A reading that fails is not kept. */
  get(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.values.get(key);
    if (known !== undefined && known.until > performance.now()) return known.value;
    this.values.delete(key);
    const oldest = this.values.keys().next();
    if (this.values.size >= this.max && oldest.done !== true) this.values.delete(oldest.value);
    const kept = { value: read(), until: performance.now() + this.milliseconds };
    this.values.set(key, kept);
    kept.value.catch(() => {
      if (this.values.get(key) === kept) this.values.delete(key);
    });
    return kept.value;
  }
}
