import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Text } from '@conversations/contracts';

/** A longer life would let a stolen token be used long after the visitor signed out. */
const LONGEST_LIFE_SECONDS = 600;

const Header = z.object({ alg: z.literal('HS256'), typ: z.literal('JWT').optional(), crit: z.never().optional() });
const Claims = z.object({
  sub: Text.pipe(z.string().min(1).max(200)),
  email: z.email().max(320),
  name: Text.pipe(z.string().trim().min(1).max(200)).nullish(),
  exp: z.number(),
  nbf: z.number().optional(),
});

export interface VouchedIdentity {
  externalId: string;
  email: string;
  name: string | null;
}

/**
 * The identity that a site's backend signed (RFC 7519, HS256 only, at most 10 minutes ahead), or null when it did not.
 * The algorithm is this function's choice, never the token's.
 */
export function verifyIdentity(jwt: string, secret: string, now = Date.now()): VouchedIdentity | null {
  const parts = jwt.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) return null;
  const expected = Buffer.from(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url'));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  if (!Header.safeParse(decode(header)).success) return null;
  const claims = Claims.safeParse(decode(payload));
  if (!claims.success) return null;
  const { sub, email, name, exp, nbf } = claims.data;
  const seconds = now / 1000;
  if (exp <= seconds || exp > seconds + LONGEST_LIFE_SECONDS || (nbf !== undefined && nbf > seconds)) return null;
  return { externalId: sub, email, name: name ?? null };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
