/** One wrong field, with a JSON pointer (RFC 6901) into the body. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

/** What was sent is not of the shape that is asked for. Not a business refusal: it is never kept under a key. */
export class FieldFaultsError extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('field faults');
  }
}
