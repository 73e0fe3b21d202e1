import { type PinFault, pinFault } from './pin.rules.js';

describe('pinFault', () => {
  it.each<[string, PinFault | undefined]>([
    ['12345', 'not-six-digits'],
    ['1234567', 'not-six-digits'],
    ['12a456', 'not-six-digits'],
    ['１２３４５６', 'not-six-digits'],
    ['481927\n', 'not-six-digits'],
    ['000000', 'repeated'],
    ['999999', 'repeated'],
    ['121212', 'repeated'],
    ['472472', 'repeated'],
    ['111222', 'repeated'],
    ['112233', 'repeated'],
    ['123456', 'sequence'],
    ['654321', 'sequence'],
    ['890123', 'sequence'],
    ['246802', 'sequence'],
    ['147258', 'common'],
    ['520131', 'common'],
    ['481927', undefined],
    ['100358', undefined],
    ['123465', undefined],
  ])('%s: %s', (pin, fault) => {
    expect(pinFault(pin)).toBe(fault);
  });

  it('leaves most of the million to choose from', () => {
    let refused = 0;
    for (let pin = 0; pin < 1_000_000; pin += 1) {
      if (pinFault(String(pin).padStart(6, '0')) !== undefined) refused += 1;
    }
    expect(refused).toBeLessThan(2_500);
  });
});
