/**
 * What people type, paste or keep in a sheet, made comparable: full-width digits, letters and signs become
 * half-width (Unicode NFKC), invisible characters go, every kind of dash becomes `-`, runs of blanks become one
 * space, and blanks beside Chinese characters go altogether, because sheets pad two-character names with them
 * (`张\u3000三`). Applying it twice changes nothing.
 */
export function tidyText(text: string): string {
  return (
    text
      // Format characters and lone surrogates go first: between a letter and its accent they would keep NFKC from
      // joining the two, and a second pass would then give another text.
      .replace(/[\p{Cf}\p{Cs}]/gu, '')
      .normalize('NFKC')
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
      .trim()
  );
}

/** The length people would count: characters, not UTF-16 units, so that a rare character of a name counts once. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}
