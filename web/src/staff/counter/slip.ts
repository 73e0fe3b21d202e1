/** The end of the id, which is its random part: short enough to be read out, and the records show the same. */
export function slipNumber(redemptionId: string): string {
  return redemptionId.slice(-8).toUpperCase();
}

const MM_PER_PX = 25.4 / 96;
const PAPER_MM = 58;
let page: CSSStyleSheet | null = null;

/**
 * Prints the slip on the page, on paper of 58 mm that is cut where the slip ends: CSS has no `auto` for the length of a
 * roll, so the slip is measured first.
 */
export function printSlip(slip: HTMLElement): void {
  document.documentElement.classList.add('prints-slip');
  const heightMm = Math.ceil(slip.getBoundingClientRect().height * MM_PER_PX) + 4;
  page ??= new CSSStyleSheet();
  page.replaceSync(`@page slip { size: ${PAPER_MM}mm ${Math.max(heightMm, PAPER_MM + 1)}mm; margin: 0 }`);
  if (!document.adoptedStyleSheets.includes(page)) document.adoptedStyleSheets.push(page);
  window.print();
  document.documentElement.classList.remove('prints-slip');
}
