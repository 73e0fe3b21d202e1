import { createHash, randomBytes } from 'node:crypto';

/** 32 bytes in base64url. */
const SECRET_CHARACTERS = 43;
const FORM = new RegExp(`^Bearer ([1-9]\\d{0,15})\\.([\\w-]{${SECRET_CHARACTERS}})$`);

/** A token read: whose board it opens, and what its secret half is known by. */
export interface TokenClaim {
  readonly communityId: number;
  readonly tokenHash: Buffer;
}

/**
 * A new token: the community, a point, and 256 random bits. The community stands in it so that the look-up names one; a
 * session's token has no point, so neither can be taken for the other.
 */
export function newDisplayToken(communityId: number): { readonly text: string; readonly tokenHash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { text: `${communityId}.${secret}`, tokenHash: hashOf(secret) };
}

/** @returns undefined for a header that holds no token of a display */
export function readDisplayToken(authorization: string | undefined): TokenClaim | undefined {
  const [, community, secret] = FORM.exec(authorization ?? '') ?? [];
  const communityId = Number(community);
  if (secret === undefined || !Number.isSafeInteger(communityId)) return undefined;
  return { communityId, tokenHash: hashOf(secret) };
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
