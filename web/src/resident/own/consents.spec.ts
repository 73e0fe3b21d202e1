import { expect, it } from '@jest/globals';
import { currentConsents } from './consents.js';

const consent = (
  id: string,
  purpose: string,
  givenAt: string,
  withdrawnAt: string | null = null,
  memberId: string | null = null,
) => ({
  id,
  purpose,
  memberId,
  givenAt,
  withdrawnAt,
});
const ids = (...consents: ReturnType<typeof consent>[]) => currentConsents(consents).map(({ id }) => id);

it('shows what is in force, and what was withdrawn last where nothing is', () => {
  expect(ids(consent('a', 'scheme', '2026-01-01'), consent('b', 'phone', '2026-01-02', '2026-02-01'))).toEqual([
    'a',
    'b',
  ]);
  expect(
    ids(consent('a', 'phone', '2026-01-01', '2026-02-01'), consent('b', 'phone', '2026-03-01', '2026-04-01')),
  ).toEqual(['b']);
});

it('forgets what was withdrawn once it is agreed to again', () => {
  expect(ids(consent('a', 'phone', '2026-01-01', '2026-02-01'), consent('b', 'phone', '2026-03-01'))).toEqual(['b']);
});

it('keeps two that are in force apart, and those of two persons', () => {
  expect(ids(consent('a', 'scheme', '2026-01-01'), consent('b', 'scheme', '2026-01-02'))).toEqual(['a', 'b']);
  expect(
    ids(consent('a', 'minor', '2026-01-01', null, 'x'), consent('b', 'minor', '2026-01-02', '2026-02-01', 'y')),
  ).toEqual(['a', 'b']);
});
