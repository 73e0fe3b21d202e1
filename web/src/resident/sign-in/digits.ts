/** The digits of what was typed or pasted, full-width ones made half-width; blanks and hyphens between them are dropped. */
export function digitsOf(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '');
}

/**
 * The card number of a link, `/?card=1234567894` or `/#card=1234567894`; empty where there is none.
 * @param address such as `https://shop.example/?card=1234567894`
 */
export function cardNumberIn(address: string): string {
  const { search, hash } = new URL(address);
  const given = new URLSearchParams(search).get('card') ?? new URLSearchParams(hash.slice(1)).get('card') ?? '';
  const digits = digitsOf(given);
  return /^\d{10}$/.test(digits) ? digits : '';
}
