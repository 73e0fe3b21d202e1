import { Refused } from '../../base/problem.js';

/**
 * Which fields a refusal is about, by the JSON pointers of its `errors`.
 * @returns for each name the server's detail, in English; a form says it in its own words in Chinese
 */
export function faultsOf(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof Refused)) return new Map();
  return new Map((error.problem.errors ?? []).map(({ pointer, detail }) => [pointer, detail]));
}
