import { pointsWithUnit } from '../../base/format.js';
import { say } from '../../base/speech.js';
import { toast } from '../../kit/toast.js';
import { rememberBalance } from '../desk/household-cache.js';
import { type Job, who } from '../desk/who.js';
import type { OutboxRecord, RecordedLine } from '../outbox/outbox-record.js';
import { answerOf, record } from '../outbox/outbox.js';
import { broughtWords } from './brought.js';
import type { DeskHousehold } from './find-household.js';
import { countUses } from './item-uses.js';
import { t } from './words.js';

/** How long the words wait for the server's own figure, in milliseconds; after that the expected one is told. */
const PATIENCE_MS = 1500;

export interface Visit {
  readonly household: DeskHousehold;
  readonly job: Job;
  readonly lines: readonly RecordedLine[];
  readonly confirmRepeat: boolean;
  readonly expectedCentipoints: number | null;
}

/** Records a visit on this device, and tells what became of it. Resolved as soon as it is on the disk. */
export async function recordVisit({ household, job, lines, confirmRepeat, expectedCentipoints }: Visit): Promise<void> {
  const brought = broughtWords(lines);
  const made = await record({
    communityId: job.communityId,
    visit: {
      householdId: household.householdId,
      siteId: job.siteId,
      occurredAt: new Date().toISOString(),
      lines,
      confirmRepeat,
    },
    about: {
      householdName: household.name,
      door: household.door,
      brought,
      madeBy: who.value?.displayName ?? '',
      expectedCentipoints,
    },
  });
  countUses(lines.map(({ itemCode }) => itemCode));
  void announce(made);
}

async function announce({ key, about, visit }: OutboxRecord): Promise<void> {
  const answered = await answerOf(key, PATIENCE_MS);
  const name = about.householdName;
  if (answered?.state === 'refused') {
    toast(t('recordedRefused', name), 'bad');
    say(t('recordedRefused', name));
    return;
  }
  const { centipoints = null, balanceCentipoints = null } = answered?.answer ?? {};
  if (balanceCentipoints !== null) await rememberBalance(visit.householdId, balanceCentipoints);
  const points = pointsWithUnit(centipoints ?? about.expectedCentipoints ?? 0);
  toast(centipoints === null ? t('recordedExpected', name, points) : t('recorded', name, points));
  const spoken = about.brought.replace(/ \([^)]*\)/g, '');
  say(centipoints === null ? t('spokenExpected', name, spoken, points) : t('spoken', name, spoken, points));
}
