import { tidyText } from '../typed-text.rules.js';

/** The longest door kept, in characters. */
export const DOOR_CHARACTERS_MAX = 40;

/** A door as it is kept and looked up: tidied, and without blanks around its hyphens (`３ - ２０１` → `3-201`). */
export function normalizeDoor(text: string): string {
  return tidyText(text).replace(/ ?([-#/]) ?/g, '$1');
}

/** A bare room number, which says nothing without the building it is in. */
const ROOM = /^[0-9]{1,4}[A-Za-z]?$/;

/**
 * The door by which a household is known in the whole community. A sheet with columns for building and entrance often
 * has the bare room number as the door; there are many rooms 201, so the numbers of building and entrance go before it
 * (`3栋`, `2单元`, `201` → `3-2-201`). Any other door is left as it is.
 */
export function fullDoor(door: string, building: string | null, entrance: string | null): string {
  if (!ROOM.test(door) || building === null) return door;
  const parts = entrance === null ? [building] : [building, entrance];
  return [...parts.map(placeNumber), door].join('-');
}

/** `3栋` → `3`, `2单元` → `2`; a name without a number stays whole. */
function placeNumber(name: string): string {
  return /^第?([0-9]+[A-Za-z]?|[A-Za-z]) ?(?:号楼|栋|幢|座|楼|号|单元)$/.exec(name)?.[1] ?? name;
}
