import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A visitor's token as chat-gateway mints it, for tests in which several sockets are one visitor before it has written. */
export function mintVisitorToken(secret: string, siteId: string): string {
  const random = randomBytes(32).toString('base64url');
  const mac = createHmac('sha256', secret).update(`${siteId}:${random}`).digest().subarray(0, 16).toString('base64url');
  return `vt_${random}.${mac}`;
}

/** The visitor that a token stands for. */
export function visitorIdOf(token: string): string {
  return `vis_${createHash('sha256').update(token).digest('hex').slice(0, 32)}`;
}
