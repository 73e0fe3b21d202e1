import { signedPointsWithUnit, weight } from '../../base/format.js';
import { inLang } from '../../base/lang.js';
import { siteName } from '../sites.js';
import type { Line, Redemption, ToldLine, WeighIn } from './month.js';
import { t } from './words.js';

type WeighInLine = WeighIn['lines'][number];

/** What a kind of entry is called here. */
export function kindName(kind: Line['kind']): string {
  return t(kind);
}

/** `纸板 3.20 公斤 (6.4 斤)`, `塑料瓶 30 个`. */
export function broughtText(line: WeighInLine): string {
  const name = inLang(line.nameZh, line.nameEn);
  if (line.netGrams !== null) return `${name} ${weight(line.netGrams)}`;
  if (line.pieces !== null) return `${name} ${t('pieces', line.pieces)}`;
  return line.drops === null ? name : `${name} ${t('drops', line.drops)}`;
}

/** `肥皂 × 2`. */
export function takenText(line: Redemption['lines'][number]): string {
  return `${line.name} × ${line.quantity}`;
}

/** What was brought or taken, and where. */
export function lineNote({ weighIn, redemption }: ToldLine): string {
  const what = weighIn?.lines.map(broughtText) ?? redemption?.lines.map(takenText) ?? [];
  const where = placeOf({ weighIn, redemption });
  return [what.join(inLang('、', ', ')), where].filter((part) => part !== '').join(' · ');
}

export function placeOf({ weighIn, redemption }: { weighIn?: WeighIn; redemption?: Redemption }): string {
  const siteId = weighIn?.siteId ?? redemption?.siteId;
  return siteId === undefined ? '' : siteName(siteId);
}

/** A line as it is read out. */
export function spokenLine(day: string, line: ToldLine): string {
  const [, month = '', date = ''] = day.split('-').map(Number).map(String);
  return t(
    'spoken',
    inLang(`${month}月${date}日`, day),
    kindName(line.kind),
    signedPointsWithUnit(line.amountCentipoints),
  );
}
