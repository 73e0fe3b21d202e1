type RefusalParam = string | number | boolean | null;

/** What a refusal carries to the reader: numbers and words, or a list of them; never personal data. */
export type RefusalParams = Readonly<Record<string, RefusalParam | readonly Readonly<Record<string, RefusalParam>>[]>>;

/**
 * A rule said no. Coded errors know nothing of HTTP; each room maps its codes to a status and a title
 * in its `*.problems.ts`. The code is `room.what-is-wrong`.
 */
export abstract class DomainError<Code extends string = string> extends Error {
  abstract readonly code: Code;

  constructor(
    readonly params: RefusalParams = {},
    options?: ErrorOptions,
  ) {
    super(undefined, options);
    this.name = new.target.name;
  }
}

/**
 * A refusal that a commit function returned or that an earlier request with the same key was given.
 * It carries the code as data, so that a replay says the same as the first answer did.
 */
export class Refusal extends DomainError {
  constructor(
    readonly code: string,
    params: RefusalParams = {},
    /** The id of the request that was refused first; a replay repeats it. */
    readonly requestId?: string,
  ) {
    super(params);
    this.message = code;
  }
}
