import { get, type View } from '../../base/api.js';

export type Line = View<'StatementLineView'>;
export type WeighIn = View<'OwnWeighInView'>;
export type Redemption = View<'RedemptionView'>;

/** A line and the weigh-in or the redemption it came from; of adjustments, gifts and expiry there is none. */
export interface ToldLine extends Line {
  readonly weighIn?: WeighIn;
  readonly redemption?: Redemption;
}

const LINES_A_READ = 100;
const IDS_A_READ = 50;

/** All lines of a month (`2026-11`). A household has some ten; one with hundreds costs a request more a hundred. */
export async function wholeMonth(month: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (;;) {
    const beforeSeq = lines.at(-1)?.seq;
    const query = { month, limit: LINES_A_READ, ...(beforeSeq !== undefined && { beforeSeq }) };
    const page = await get('/api/me/statement', { query });
    lines.push(...page);
    if (page.length < LINES_A_READ) return lines;
  }
}

/** The month with what stands behind its lines. A reversal stands for what it reverses. */
export async function toldMonth(month: string): Promise<ToldLine[]> {
  const lines = await wholeMonth(month);
  const sources = (kind: string) => lines.filter((line) => line.kind === kind).map((line) => line.sourceId);
  const [weighIns, redemptions] = await Promise.all([
    many(sources('award'), (ids) => get('/api/me/weigh-ins', { query: { ids } })),
    many(sources('redemption'), (ids) => get('/api/me/redemptions', { query: { ids } })),
  ]);
  const weighInOf = new Map(weighIns.map((weighIn) => [weighIn.weighInId, weighIn]));
  const redemptionOf = new Map(redemptions.map((redemption) => [redemption.redemptionId, redemption]));
  const sourceOf = new Map(lines.map((line) => [line.entryId, line.sourceId]));
  return lines.map((line) => {
    const source = (line.reverses === null ? undefined : sourceOf.get(line.reverses)) ?? line.sourceId;
    const weighIn = weighInOf.get(source);
    const redemption = redemptionOf.get(source);
    return { ...line, ...(weighIn && { weighIn }), ...(redemption && { redemption }) };
  });
}

async function many<V>(ids: readonly string[], read: (ids: string) => Promise<V[]>): Promise<V[]> {
  const pages: Promise<V[]>[] = [];
  for (let at = 0; at < ids.length; at += IDS_A_READ) pages.push(read(ids.slice(at, at + IDS_A_READ).join(',')));
  return (await Promise.all(pages)).flat();
}
