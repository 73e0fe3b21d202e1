import { onMounted, shallowReactive } from 'vue';
import type { View } from '../../../base/api.js';
import { unfinished } from '../../../base/command.js';
import { Refused, sentence } from '../../../base/problem.js';
import { actorId } from '../../../base/session.js';
import { carryOut, lookAt } from '../../parts/carry-out.js';
import { faultsOf } from '../../parts/faults.js';
import { lastCostFen, type ReceivedLine, type TypedLine } from './receipt.js';
import { t } from './words.js';

export const RECEIPT_SLOT = 'receipt';
/** Each person's own: whoever signs in next in this tab must not send them in his name. */
const waitingName = () => `admin-receipt:waiting:${actorId()}`;

type Reply = View<'ReceiptReply'>;

/**
 * Lines go to the server one after the other, each a receipt of its own under its own key. Whoever scans never waits for
 * them: a line behind one whose outcome is unknown stays here, in this tab, also over a reload, until that one is known.
 * (In this tab and not on the device: two tabs would both send it.)
 */
export function useReceiptQueue() {
  const keptAs = waitingName();
  const queue = shallowReactive({
    lines: restored(keptAs),
    isSending: false,
    /** Why the next one could not be sent, in words. */
    fault: '',
    add,
    drain,
    drop: (id: string) => keep(queue.lines.filter((line) => line.id !== id)),
    /** The outcome that was asked for is there. After a reload no line shows it; then it only makes way. */
    settleUnknown: (answer: Reply) => changeUnknown(outcomeOf(answer)),
    refuseUnknown: (why: string) => changeUnknown({ state: 'refused', why }),
  });

  function add(typed: TypedLine): void {
    keep([{ ...typed, id: crypto.randomUUID(), state: 'waiting' }, ...queue.lines]);
    void drain();
  }

  async function drain(): Promise<void> {
    if (queue.isSending) return;
    queue.isSending = true;
    queue.fault = '';
    try {
      for (let line = next(); line !== undefined; line = next()) await send(line);
    } catch (error) {
      queue.fault = sentence(error);
    } finally {
      queue.isSending = false;
      lookAt(RECEIPT_SLOT);
    }
  }

  /** The oldest that waits, where nothing stands in its way. */
  function next(): ReceivedLine | undefined {
    if (waitingName() !== keptAs || unfinished(RECEIPT_SLOT) !== null) return undefined;
    return queue.lines.findLast(({ state }) => state === 'waiting');
  }

  /** @throws Refused, Unanswered where the last cost cannot be read: nothing was sent then */
  async function send(line: ReceivedLine): Promise<void> {
    const { communityId, siteId, goodsId, quantity, origin, supplier, expiresOn } = line;
    const unitCostFen = line.unitCostFen ?? (await lastCostFen(communityId, siteId, goodsId));
    // Another tab may have begun one while the cost was read: then this one waits on.
    if (unfinished(RECEIPT_SLOT) !== null) return;
    change(line.id, { state: 'sending', unitCostFen });
    try {
      const reply = await carryOut(
        RECEIPT_SLOT,
        t('aboutReceipt', line.name, String(quantity)),
        '/api/communities/{communityId}/sites/{siteId}/receipts',
        {
          // A duplicated tab has this line, too, under the same id: sent twice, it is received once.
          key: line.id,
          path: { communityId, siteId },
          body: { origin, supplier, lines: [{ goodsId, quantity, unitCostFen, expiresOn }] },
        },
      );
      change(line.id, outcomeOf(reply));
    } catch (error) {
      const why = faultsOf(error).has('/supplier') ? t('supplierFault') : sentence(error);
      // Signed out, too fast or broken is a refusal too, but the command still waits: typed anew it would count twice.
      const isRefused = error instanceof Refused && unfinished(RECEIPT_SLOT) === null;
      change(line.id, isRefused ? { state: 'refused', why } : { state: 'unknown' });
    }
  }

  function change(id: string, changes: Partial<ReceivedLine>): void {
    keep(queue.lines.map((line) => (line.id === id ? { ...line, ...changes } : line)));
  }

  function changeUnknown(changes: Partial<ReceivedLine>): void {
    const unknown = queue.lines.find(({ state }) => state === 'unknown');
    if (unknown !== undefined) change(unknown.id, changes);
    void drain();
  }

  function keep(lines: readonly ReceivedLine[]): void {
    queue.lines = lines;
    sessionStorage.setItem(keptAs, JSON.stringify(lines.filter(({ state }) => state === 'waiting')));
  }

  onMounted(drain);
  return queue;
}

function restored(name: string): readonly ReceivedLine[] {
  return JSON.parse(sessionStorage.getItem(name) ?? '[]') as ReceivedLine[];
}

function outcomeOf({ status, shelves }: Reply): Partial<ReceivedLine> {
  const onHand = shelves?.[0]?.onHand;
  return { state: status === 'pending' ? 'pending' : 'posted', ...(onHand !== undefined && { onHand }) };
}
