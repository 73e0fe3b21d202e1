type Detail = Readonly<Record<string, string | number | boolean | null>>;

/** Names of fields whose values nobody reads again, whoever wrote them down (S-22). */
const SECRET = /password|pin$|token|secret|^code$|phone|idCard/i;

/**
 * A mobile number of eleven digits, or an identity number of eighteen, in a sentence that somebody typed: a reason, say.
 * What they are part of must not go on with another digit, so that an id made of digits stays as it is.
 */
const PERSONAL_NUMBER = /(?<![0-9A-Za-z-])(?:(1[3-9]\d)\d{4}(\d{4})|([1-9]\d{5})\d{8}(\d{3}[\dXx]))(?![0-9A-Za-z-])/g;

/** The details of an audit record as they may be shown: no secrets, and no whole phone or identity number (S-22). */
export function shownDetail(detail: Detail): Detail {
  return Object.fromEntries(
    Object.entries(detail)
      .filter(([name]) => !SECRET.test(name))
      .map(([name, value]) => [name, typeof value === 'string' ? withoutPersonalNumbers(value) : value]),
  );
}

/** A sentence that somebody typed, with whole phone and identity numbers masked. */
export function withoutPersonalNumbers(text: string): string {
  return text.replace(PERSONAL_NUMBER, (_, phoneHead?: string, phoneTail?: string, idHead?: string, idTail?: string) =>
    phoneHead === undefined ? `${idHead}********${idTail}` : `${phoneHead}****${phoneTail}`,
  );
}
