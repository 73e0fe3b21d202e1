import { describe, expect, it } from '@jest/globals';
import {
  PUCHENG_TARIFF,
  QIANKOU_TARIFF,
  type TariffDocument,
  type WasteClass,
} from '../../../../../src/tariff/rules.js';
import { draftOf, faultsOf, newRule, readDraft } from './draft.js';

const ITEMS: Readonly<Record<string, WasteClass>> = {
  cardboard: 'recyclable',
  film: 'recyclable',
  'plastic-bag': 'recyclable',
  bottle: 'recyclable',
};

const EVERYTHING: TariffDocument = {
  rounding: 'half-up',
  roundToCentipoints: 10,
  rules: [
    {
      ruleId: 'a',
      itemCode: 'cardboard',
      unit: 'gram',
      step: 500,
      centipointsPerStep: 30,
      minimumQuantity: 1500,
      wholeStepsOnly: true,
    },
    { ruleId: 'b', itemCode: 'film', unit: 'gram', step: 250, centipointsPerStep: 100 },
    { ruleId: 'c', itemCode: 'plastic-bag', unit: 'piece', step: 50, centipointsPerStep: 100 },
  ],
  equivalences: [{ itemCode: 'bottle', countsAs: 'plastic-bag', pieces: 3 }],
  caps: [
    { per: 'day', of: 'all', centipointsMax: 1000 },
    { per: 'year', of: { class: 'recyclable' }, centipointsMax: 100_000 },
    { per: 'visit', of: { item: 'cardboard' }, centipointsMax: 250 },
  ],
  qualityFactors: [{ qualityCode: 'half', factorPermille: 505, name: { zh: '一半', en: 'half' } }],
  multipliers: [{ factorPermille: 2000, when: { weekdays: [6] } }],
};

describe('a tariff in the fields of the editor', () => {
  it.each([
    ['潜口', QIANKOU_TARIFF],
    ['浦城', PUCHENG_TARIFF],
    ['everything there is', EVERYTHING],
  ])('comes back as it went in: %s', (_, document) => {
    expect(readDraft(draftOf(document))).toEqual({ document, unreadable: [] });
  });

  it('shows a pound as 斤 and 250 grams as kilograms', () => {
    const [pound, quarter] = draftOf(EVERYTHING).rules;
    expect(pound).toMatchObject({ unit: 'jin', quantity: '1', minimum: '3', points: '0.3' });
    expect(quarter).toMatchObject({ unit: 'kilogram', quantity: '0.25' });
  });

  it('names the row whose number cannot be read, and then nothing else', () => {
    const draft = draftOf(EVERYTHING);
    draft.rules.push({ ...newRule(), itemCode: 'nothing', points: '一' });
    draft.caps[1] = { ...draft.caps[1], key: 1, per: 'day', of: 'all', points: '' };
    expect(faultsOf(readDraft(draft), ITEMS)).toEqual([
      { code: 'unreadable', pointer: '/rules/3/centipointsPerStep' },
      { code: 'unreadable', pointer: '/caps/1/centipointsMax' },
    ]);
  });

  it('refuses what the server would refuse, at the same place', () => {
    const draft = draftOf(EVERYTHING);
    draft.rules.push({ ...newRule(), itemCode: 'cardboard' }, { ...newRule(), itemCode: 'no-such' });
    const faults = faultsOf(readDraft(draft), ITEMS).map(({ code, pointer }) => `${code} ${pointer}`);
    expect(faults).toEqual(['duplicate-rule /rules/3/itemCode', 'unknown-item /rules/4/itemCode']);
  });

  it('takes no thousandth of a gram and no half of a piece', () => {
    const draft = draftOf({ rules: [] });
    draft.rules.push(
      { ...newRule(), quantity: '0.001', unit: 'jin' },
      { ...newRule(), quantity: '1.5', unit: 'piece' },
    );
    expect(readDraft(draft).unreadable).toEqual(['/rules/0/step', '/rules/1/step']);
  });
});
