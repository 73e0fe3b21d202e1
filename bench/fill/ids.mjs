const HEX4 = Array.from({ length: 65_536 }, (_, number) => number.toString(16).padStart(4, '0'));

/**
 * Random numbers and ids that are the same in every run: the generated history must not differ between two measurements.
 * (Marsaglia's xorshift, 128 bits of state.)
 */
export class Ids {
  #a;
  #b = 0x9e3779b9;
  #c = 0x243f6a88;
  #d = 0xb7e15162;
  #count = 0;

  /** @param {number} seed any whole number but 0 */
  constructor(seed) {
    this.#a = seed | 0;
    for (let round = 0; round < 20; round += 1) this.#next();
  }

  /** A whole number from 0 up to, but not including, `below`. */
  below(below) {
    return (this.#next() >>> 0) % below;
  }

  /** A UUIDv7 of an instant in the past; ids of one millisecond keep their order. @param {number} ms since 1970 */
  v7(ms) {
    this.#count = (this.#count + 1) & 0xfff;
    const time = ms.toString(16).padStart(12, '0');
    const count = HEX4[0x7000 | this.#count];
    return `${time.slice(0, 8)}-${time.slice(8)}-${count}-${this.#tail()}`;
  }

  /** A UUIDv4, as clients make their idempotency keys: in no order at all. */
  v4() {
    const high = this.#next();
    const low = this.#next();
    return `${HEX4[high >>> 16]}${HEX4[high & 0xffff]}-${HEX4[low >>> 16]}-${HEX4[0x4000 | (low & 0xfff)]}-${this.#tail()}`;
  }

  /** 32 random bytes in hexadecimal. */
  hex32() {
    let text = '';
    for (let word = 0; word < 8; word += 1) {
      const value = this.#next();
      text += HEX4[value >>> 16] + HEX4[value & 0xffff];
    }
    return text;
  }

  #tail() {
    const high = this.#next();
    const low = this.#next();
    return `${HEX4[0x8000 | ((high >>> 16) & 0x3fff)]}-${HEX4[high & 0xffff]}${HEX4[low >>> 16]}${HEX4[low & 0xffff]}`;
  }

  #next() {
    let t = this.#d;
    this.#d = this.#c;
    this.#c = this.#b;
    this.#b = this.#a;
    t ^= t << 11;
    t ^= t >>> 8;
    this.#a = t ^ this.#a ^ (this.#a >>> 19);
    return this.#a;
  }
}
