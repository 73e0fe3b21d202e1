import type { BusyCommunity } from '../busy-community.js';
import type { Caller } from '../callers.js';

/** A request that a caller with the right to it succeeds with. */
export interface Example {
  /** Values of the parameters of the path but the community, which is that of the example. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Sent as a form with one file. */
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
  readonly fields?: Readonly<Record<string, string>>;
  /** The request ends the session it comes with, or may. */
  readonly endsSession?: boolean;
}

/** Makes whatever the example is about anew, so that it is there however often it is used up. */
export type MakeExample = (here: BusyCommunity, caller: Caller) => Example | Promise<Example>;

/** By route, such as `POST /api/people`. */
export type Examples = Readonly<Record<string, MakeExample>>;

export const NOTHING: Example = {};

/** The route's community. */
export const COMMUNITY = '/api/communities/:communityId';
