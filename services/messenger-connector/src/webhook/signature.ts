import { createHmac, timingSafeEqual } from 'node:crypto';

/** Compares texts in a time that depends on their lengths only. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Whether the header is `sha256=` and the hex HMAC of these very bytes under one of the secrets. JSON that was read and written again
 * has other bytes. Source: Meta, "Meta Webhooks for Messenger Platform", Validate Payloads.
 */
export function isSignedBy(secrets: readonly string[], body: Buffer, header: unknown): boolean {
  if (typeof header !== 'string' || !/^sha256=[0-9a-f]{64}$/.test(header)) return false;
  return secrets.some((secret) => isSame(header, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`));
}
