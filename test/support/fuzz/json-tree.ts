import type { KnownIds } from './known-ids.js';

/** JSON as it will be written, which may be more than JSON can be read as: names twice, and numbers that are none. */
export type Json = Raw | Known | Members | readonly Json[];

/** Text that is written as it is. */
export class Raw {
  constructor(readonly text: string) {}
}

/** An id of that kind which is known when the request is sent. */
export class Known {
  constructor(
    readonly kind: string,
    readonly index: number,
  ) {}
}

/** An object; a list, so that a name can be there twice. */
export class Members {
  constructor(readonly entries: readonly (readonly [string, Json])[]) {}
}

export function raw(value: string | number | boolean | null): Raw {
  return new Raw(JSON.stringify(value));
}

export function fromJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return new Raw(JSON.stringify(value));
  return new Members(Object.entries(value).map(([name, member]) => [name, fromJson(member)] as const));
}

export function write(json: Json, known: KnownIds): string {
  if (json instanceof Raw) return json.text;
  if (json instanceof Known) return JSON.stringify(known.pick(json.kind, json.index));
  if (json instanceof Members) {
    return `{${json.entries.map(([name, member]) => `${JSON.stringify(name)}:${write(member, known)}`).join()}}`;
  }
  return `[${json.map((item) => write(item, known)).join()}]`;
}

/** How many nodes there are, the root included. */
export function size(json: Json): number {
  return children(json).reduce((sum, child) => sum + size(child), 1);
}

/** The same tree with its node number `at`, counted from the root, replaced. */
export function replace(json: Json, at: number, change: (node: Json) => Json): Json {
  if (at === 0) return change(json);
  let left = at - 1;
  const inChild = (child: Json): Json => {
    const nodes = size(child);
    const changed = left >= 0 && left < nodes ? replace(child, left, change) : child;
    left -= nodes;
    return changed;
  };
  if (json instanceof Members) return new Members(json.entries.map(([name, member]) => [name, inChild(member)]));
  return json instanceof Raw || json instanceof Known ? json : json.map(inChild);
}

function children(json: Json): readonly Json[] {
  if (json instanceof Members) return json.entries.map(([, member]) => member);
  return json instanceof Raw || json instanceof Known ? [] : json;
}
