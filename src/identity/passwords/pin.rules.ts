/** A resident's PIN: six digits, typed at a counter with people behind one (S-9). */
export const PIN_DIGITS = 6;

export type PinFault = 'not-six-digits' | 'repeated' | 'sequence' | 'common';

/** Lines on a keypad and numbers that sound like words (520131 我爱你一生一). */
const COMMON_PINS = new Set(
  `147258 258369 147369 369258 159357 357159 159753 753159 147852 741852 852963 963852 789456 321654 456123 123789
   520131 201314 131420 521131 131452 520530 168168 888168 168888 518518 123455 112358 110120 114514 101010 100000
   200000 100001 123450 543210 102030 112211 121314 131415 654123`.split(/\s+/),
);

/** What is wrong with a PIN that a resident chose (S-5): it would be among the first that anybody tries. */
export function pinFault(pin: string): PinFault | undefined {
  if (!/^[0-9]{6}$/.test(pin)) return 'not-six-digits';
  const digits = Array.from(pin, Number);
  // 000000, 121212, 123123, 111222, 112233: a part twice or thrice, or digits in pairs or triples.
  if (/^(\d{1,3})\1+$/.test(pin) || /^(\d)\1(\d)\2(\d)\3$/.test(pin) || /^(\d)\1\1(\d)\2\2$/.test(pin))
    return 'repeated';
  // 123456, 654321, 890123: each digit a fixed step after the one before it, over the end of the row.
  const step = stepBetween(digits[0], digits[1]);
  if (digits.every((digit, index) => index === 0 || stepBetween(digits[index - 1], digit) === step)) return 'sequence';
  return COMMON_PINS.has(pin) ? 'common' : undefined;
}

/** 0 to 9, on a row of digits that begins again after the 9. */
function stepBetween(from = 0, to = 0): number {
  return (to - from + 10) % 10;
}
