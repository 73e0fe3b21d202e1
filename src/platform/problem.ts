/** How a refusal looks over HTTP. Titles are what a screen shows: at most 20 characters in Chinese. */
export interface ProblemSpec {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 423 | 429 | 503;
  readonly title: string;
  readonly en: string;
}

const known = new Map<string, ProblemSpec>();

/** Called once by each room with its table; the filter knows every code from here. */
export function registerProblems(problems: Readonly<Record<string, ProblemSpec>>): void {
  for (const [code, problem] of Object.entries(problems)) known.set(code, problem);
}

export function problemOf(code: string): ProblemSpec | undefined {
  return known.get(code);
}

/** For the OpenAPI document and the tests: all codes there are. */
export function problemCodes(): string[] {
  return [...known.keys()].toSorted();
}
