import { CARD_STATUSES, type CardStep, cardStatusAfter } from './card-state.rules.js';

const STEPS: CardStep[] = ['freeze', 'unfreeze', 'report-lost', 'replace'];

describe('cardStatusAfter', () => {
  it('knows every status and step', () => {
    const table = CARD_STATUSES.map((status) => STEPS.map((step) => cardStatusAfter(status, step)));
    expect(table).toEqual([
      ['frozen', null, 'lost', 'replaced'],
      [null, 'active', 'lost', 'replaced'],
      [null, null, null, 'replaced'],
      [null, null, null, null],
    ]);
  });

  it('never brings a lost or replaced card back', () => {
    for (const status of ['lost', 'replaced'] as const) {
      expect(STEPS.map((step) => cardStatusAfter(status, step))).not.toContain('active');
    }
  });
});
