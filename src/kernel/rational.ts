/** How a fraction becomes a whole number. `half-up` takes exactly a half upwards (四舍五入). */
export type RoundingMode = 'floor' | 'half-up' | 'ceil';

/**
 * An exact, non-negative fraction in lowest terms. One point for 30 packs is 1/30 of a point a pack, which no
 * decimal holds; amounts stay fractions until the one place that rounds them.
 */
export class Rational {
  static readonly ZERO = new Rational(0n, 1n);
  static readonly ONE = new Rational(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  /** Throws a RangeError for a negative or fractional argument and for a denominator of zero. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    const top = BigInt(numerator);
    const bottom = BigInt(denominator);
    if (top < 0n || bottom <= 0n) throw new RangeError(`${top}/${bottom} is not a non-negative fraction`);
    const divisor = greatestCommonDivisor(top, bottom);
    return new Rational(top / divisor, bottom / divisor);
  }

  static sum(terms: readonly Rational[]): Rational {
    return terms.reduce((total, term) => total.plus(term), Rational.ZERO);
  }

  get isZero(): boolean {
    return this.numerator === 0n;
  }

  get isWhole(): boolean {
    return this.denominator === 1n;
  }

  plus(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  /** Throws a RangeError when `other` is the greater one. */
  minus(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator - other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  times(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Throws a RangeError when `other` is zero. */
  dividedBy(other: Rational): Rational {
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  /** Negative, zero or positive, as `Array.prototype.sort` wants it. */
  compare(other: Rational): number {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  exceeds(other: Rational): boolean {
    return this.compare(other) > 0;
  }

  round(mode: RoundingMode): bigint {
    if (mode === 'half-up') return (2n * this.numerator + this.denominator) / (2n * this.denominator);
    if (mode === 'ceil') return (this.numerator + this.denominator - 1n) / this.denominator;
    return this.numerator / this.denominator;
  }

  /** What the floor leaves: at least 0 and less than 1. */
  fraction(): Rational {
    return Rational.of(this.numerator % this.denominator, this.denominator);
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
