const VOID = new Set(['meta', 'link', 'br', 'img', 'hr', 'input']);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"<>]*")*)\s*(\/?)>/g;

/**
 * What is wrong with a page of ours: a tag that is not closed or closes another, an attribute without quotation marks, a
 * bare `<`, `&` or `>`, whatever runs or styles inside the page, a table without its caption or scopes, a heading that
 * skips a level. Stricter than browsers are. Empty if nothing is wrong.
 */
export function htmlFaults(page: string): string[] {
  const faults: string[] = [];
  const text = page.replace(/^<!DOCTYPE html>\n/, '');
  if (text === page) faults.push('no doctype');
  const open: string[] = [];
  let heading = 0;
  for (const [tag, slash, name = '', attributes = ''] of text.matchAll(TAG)) {
    if (slash === '/') {
      const opened = open.pop();
      if (opened !== name) faults.push(`${tag} closes ${opened ?? 'nothing'}`);
      continue;
    }
    if (!VOID.has(name)) open.push(name);
    if (['script', 'style', 'iframe', 'object', 'form'].includes(name)) faults.push(`a ${name}`);
    if (/\s(on[a-z]+|style)=/.test(attributes)) faults.push(`${tag} runs or styles`);
    if (/\shref="(?!\/[^/]|\/")/.test(attributes)) faults.push(`${tag} leads away`);
    if (name === 'th' && !/\sscope="(col|row)"/.test(attributes)) faults.push(`${tag} heads nothing`);
    if (/^h[1-6]$/.test(name)) {
      const level = Number(name[1]);
      if (level > heading + 1) faults.push(`${tag} after a heading of level ${heading}`);
      heading = level;
    }
  }
  if (open.length > 0) faults.push(`${open.join(' ')} left open`);
  const rest = text.replaceAll(TAG, '');
  for (const [bare] of rest.matchAll(/[<>].{0,20}|&(?!(amp|lt|gt|quot|#39);).{0,10}/g)) faults.push(`bare ${bare}`);
  const count = (piece: string) => text.split(piece).length - 1;
  if (count('<table>') !== count('<caption>')) faults.push('a table without a caption');
  if (count('<h1>') !== 1 || count('<main') !== 1) faults.push('not one h1 and one main');
  if (!/<html lang="(zh-CN|en)">/.test(text)) faults.push('no language');
  return faults;
}
