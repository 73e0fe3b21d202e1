import { expect } from '@jest/globals';
import { DESKTOP, TABLET, type Visit } from '../support/browser.js';

/** The desk's text at 100, 125 and 200 %. */
const TEXT_SIZES = ['18px', '22.5px', '36px'];

/**
 * Expects that what is shown now is without a fault of access at each size of text, and that nothing has to be scrolled
 * sideways on the narrowest screen of a desk; keeps a picture at each size of screen.
 */
export async function expectReadable({ page, picture, faultsOfAccess }: Visit, name: string): Promise<void> {
  const setText = (size: string) => page.evaluate((given) => (document.documentElement.style.fontSize = given), size);
  await page.setViewportSize({ width: 768, height: 1024 });
  for (const size of TEXT_SIZES) {
    await setText(size);
    expect({ size, faults: await faultsOfAccess(), tooWide: await page.evaluate(tooWide) }).toEqual({
      size,
      faults: [],
      tooWide: [],
    });
  }
  await picture(`${name}-text-200`, { fullPage: false });
  await setText('');
  for (const viewport of [TABLET, DESKTOP]) {
    await page.setViewportSize(viewport);
    await picture(`${name}-${viewport.width}`, { fullPage: false });
  }
}

/** Runs in the page: what is wider than its room. */
function tooWide(): string[] {
  return [document.documentElement, ...document.querySelectorAll('dialog[open]')]
    .filter((element) => element.scrollWidth > element.clientWidth)
    .map((element) => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`);
}
