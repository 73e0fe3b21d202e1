interface Consent {
  readonly purpose: string;
  readonly memberId: string | null;
  readonly givenAt: string;
  readonly withdrawnAt: string | null;
}

/**
 * What counts now: every consent that is in force, and of a purpose and a person that has none the one withdrawn last.
 * Families that signed twice have two in force, and each is withdrawn by itself.
 */
export function currentConsents<C extends Consent>(consents: readonly C[]): C[] {
  const open = consents.filter(({ withdrawnAt }) => withdrawnAt === null);
  const known = new Set(open.map(subjectOf));
  const ended: C[] = [];
  for (const consent of consents.toSorted((a, b) => (b.withdrawnAt ?? '').localeCompare(a.withdrawnAt ?? ''))) {
    if (known.has(subjectOf(consent))) continue;
    known.add(subjectOf(consent));
    ended.push(consent);
  }
  return [...open, ...ended].toSorted((a, b) => a.givenAt.localeCompare(b.givenAt));
}

function subjectOf({ purpose, memberId }: Consent): string {
  return `${purpose} ${memberId ?? ''}`;
}
