import { safeSheetXml } from './sheet-xml.rules.js';

describe('safeSheetXml', () => {
  it.each([
    ['a cell with a value', '<c r="A1"><v>1</v></c>', '<c r="A1"><v>1</v></c>'],
    ['a blank cell', '<c r="A1" s="3"/><c/><c r="B1"></c><c r="C1" t="s"><v></v></c><c r="D1"> <v/> </c>', ''],
    ['a blank row', '<row r="7" ht="20"/><row/><row r="8" s="1"> <c r="A8"/> </row>', ''],
    ['columns and other things with c', '<cols><col min="1"/></cols><cfRule/>', '<cols><col min="1"/></cols><cfRule/>'],
    ['a failed formula', '<c r="A1" t="e"><v>#N/A</v></c>', '<c r="A1" t="str"><v>#N/A</v></c>'],
    [
      'a failed formula, type first',
      "<x:c t='e' r='A1'><x:v>#N/A</x:v></x:c>",
      `<x:c t="str" r='A1'><x:v>#N/A</x:v></x:c>`,
    ],
    ['a formula never worked out', '<c r="A1"><f>1+2</f></c>', '<c r="A1" t="str"><v>#VALUE!</v></c>'],
    [
      'the same with an empty value',
      '<c r="A1" s="2"><f>1</f><v></v></c>',
      '<c r="A1" s="2" t="str"><v>#VALUE!</v></c>',
    ],
    ['the same as text', '<c r="A1" t="str"><f>B1</f></c>', '<c r="A1" t="str"><v>#VALUE!</v></c>'],
    ['the same shared', '<c r="A1"><f t="shared" si="0"/><v/></c>', '<c r="A1" t="str"><v>#VALUE!</v></c>'],
    [
      'a formula that gives no text',
      '<c r="A1" t="str"><f>""</f><v></v></c>',
      '<c r="A1" t="str"><f>""</f><v></v></c>',
    ],
    ['a formula with its value', '<c r="A1"><f>1+2</f><v>3</v></c>', '<c r="A1"><f>1+2</f><v>3</v></c>'],
  ])('treats %s as it should', (_what, xml, expected) => {
    expect(safeSheetXml(xml)).toBe(expected);
  });

  it.each([
    ['AO1', 'columns'],
    ['ZZZ1', 'columns'],
    ['A20001', 'rows'],
    ['A9999999', 'rows'],
  ])('refuses content at %s', (position, measure) => {
    expect(() => safeSheetXml(`<c r="${position}"><v>1</v></c>`)).toThrow(
      expect.objectContaining({ code: 'residents.sheet-too-large', params: expect.objectContaining({ measure }) }),
    );
  });

  it.each(['AN1', 'A20000'])('allows content at %s', (position) => {
    expect(safeSheetXml(`<c r="${position}"><v>1</v></c>`)).toContain(position);
  });

  it.each([
    '<c r="a1"><v>1</v></c>',
    '<c r="A0&#49;"><v>1</v></c>',
    '<c r="AAAA1"><v>1</v></c>',
    '<c r="A99999999"><v>1</v></c>',
    '<c r ="A1"><v>1</v></c>',
    '<c a=">" r="A1"><v>1</v></c>',
    '<c a="<" r="A1"><v>1</v></c>',
    '<c r=A1><v>1</v></c>',
    '<c r="A1"',
  ])('refuses %s, which a parser may read in its own way', (xml) => {
    expect(() => safeSheetXml(xml)).toThrow(expect.objectContaining({ code: 'residents.sheet-unreadable' }));
  });

  it.each([
    ['tags that never close', '<c '.repeat(100_000)],
    ['blanks without end', `<c>${' '.repeat(300_000)}`],
    ['cells that are nearly blank', '<c><v> '.repeat(50_000)],
    ['formulas without end', '<c><f>1'.repeat(50_000)],
  ])('is not slowed down by %s', (_what, xml) => {
    const startedAt = performance.now();
    try {
      safeSheetXml(xml);
    } catch (error) {
      expect(error).toMatchObject({ code: 'residents.sheet-unreadable' });
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
