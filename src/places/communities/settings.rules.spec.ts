import { DEFAULT_SETTINGS, SETTINGS, settingsDifference } from './settings.rules.js';

describe('the default settings', () => {
  it.each(Object.entries(SETTINGS))('keep to the limits of %s', (name, { min, max }) => {
    const value = DEFAULT_SETTINGS[name as keyof typeof DEFAULT_SETTINGS];
    if (value === null) return;
    expect(value).toBeGreaterThanOrEqual(min);
    expect(value).toBeLessThanOrEqual(max);
  });
});

describe('settingsDifference', () => {
  it('is empty where nothing differs', () => {
    expect(settingsDifference(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS })).toEqual({});
  });

  it('names what differs, with no limit as a word', () => {
    const after = { ...DEFAULT_SETTINGS, pinLimitCentipoints: 5000, dayRedemptionCentipointsMax: 10_000 };
    expect(settingsDifference(DEFAULT_SETTINGS, after)).toEqual({
      pinLimitCentipoints: '3000 → 5000',
      dayRedemptionCentipointsMax: 'none → 10000',
    });
  });
});
