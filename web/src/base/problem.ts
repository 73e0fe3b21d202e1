import { dictionary, lang } from './lang.js';

/** What the server says when it refuses (RFC 9457), as this application writes it: a title in Chinese, a detail in English. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly requestId?: string;
}

const t = dictionary(
  { away: '网络不通，请稍后再试', unknown: '结果未知，请再点一次', broken: '系统出错，请告知管理员' },
  { away: 'No connection; try again later', unknown: 'No answer; press again', broken: 'Something went wrong here' },
);

/** A definite refusal. */
export class Refused extends Error {
  constructor(readonly problem: ProblemDocument) {
    super(problem.type);
  }

  get code(): string {
    return this.problem.type;
  }
}

/** No answer came: the network is away, or the reply was lost on its way. What was asked may have happened. */
export class Unanswered extends Error {}

/** One sentence for the screen, at most 20 characters in Chinese. */
export function sentence(error: unknown): string {
  if (error instanceof Refused) {
    const { title, detail } = error.problem;
    return lang.value === 'zh' ? title : (detail ?? title);
  }
  if (error instanceof Unanswered) return navigator.onLine ? t('unknown') : t('away');
  return t('broken');
}

/** True for a refusal with one of these codes, such as `redemptions.price-changed`. */
export function isRefusal(error: unknown, ...codes: readonly string[]): error is Refused {
  return error instanceof Refused && codes.includes(error.code);
}

/** Reads a reply that is no success. @throws where the line broke before it was there: what it said is unknown */
export async function problemOf(reply: Response): Promise<Refused> {
  const text = await reply.text();
  try {
    const body = JSON.parse(text) as Partial<ProblemDocument>;
    if (typeof body.type === 'string' && typeof body.title === 'string') {
      return new Refused({ ...body, type: body.type, title: body.title, status: reply.status });
    }
  } catch {
    // A proxy's page, not ours: the status is all there is.
  }
  return new Refused({ type: `http.${reply.status}`, title: t('broken'), status: reply.status });
}
