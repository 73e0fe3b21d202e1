import { shownDetail } from './audit-detail.rules.js';

describe('the details of an audit record', () => {
  it('show no secret, whatever wrote it', () => {
    const detail = { pin: '123456', newPin: '1', password: 'x', tokenText: 'y', phone: '13800010000', code: '000000' };
    expect(shownDetail(detail)).toEqual({});
  });

  it.each([
    ['打 13800010000 核对', '打 138****0000 核对'],
    ['13800010000，13911112222', '138****0000，139****2222'],
    ['身份证 340504195003125678', '身份证 340504********5678'],
    ['身份证 34050419500312567X。', '身份证 340504********567X。'],
  ])('show no number of a person whole: %s', (typed, shown) => {
    expect(shownDetail({ reason: typed })).toEqual({ reason: shown });
  });

  it('leave ids, days and sums as they are', () => {
    const detail = {
      siteId: '01932f6a-13800010000-7000-8000-0000000000ff',
      centipoints: 13_800_010_000,
      validFrom: '2026-11-22',
      number: '138000100001',
      isLate: false,
      reason: null,
    };
    expect(shownDetail(detail)).toEqual(detail);
  });
});
