import { type FieldFault, FieldFaultsError } from '../kernel/field-faults.js';

const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],]/g;

/** An object or array that is open at the moment, and where in it the reading stands. */
interface Open {
  readonly names: Set<string> | null;
  at: string | number;
}

/**
 * Names that one object of a JSON text gives twice. A parser keeps the last one, so two readers of the same request could
 * see two different orders; such a text is refused.
 * @param json text that JSON.parse has accepted
 * @returns one fault a repetition, with its JSON pointer (RFC 6901)
 */
export function repeatedNames(json: string): FieldFault[] {
  const faults: FieldFault[] = [];
  const open: Open[] = [];
  for (const [token, isName] of json.matchAll(TOKENS)) {
    const inner = open.at(-1);
    if (token === '{') open.push({ names: new Set(), at: '' });
    else if (token === '[') open.push({ names: null, at: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (typeof inner?.at === 'number') inner.at += 1;
    } else if (isName !== undefined && inner?.names != null) {
      const name = JSON.parse(token.slice(0, token.length - isName.length)) as string;
      inner.at = name;
      if (inner.names.has(name)) faults.push({ pointer: pointerTo(open), detail: 'is given twice' });
      inner.names.add(name);
    }
  }
  return faults;
}

function pointerTo(open: readonly Open[]): string {
  return open.map(({ at }) => `/${String(at).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** @throws FieldFaultsError where an object gives a name twice */
export function refuseRepeatedNames(json: string): void {
  const faults = repeatedNames(json);
  if (faults.length > 0) throw new FieldFaultsError(faults);
}
