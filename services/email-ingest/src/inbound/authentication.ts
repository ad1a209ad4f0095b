import { type HeaderFields, valuesOf } from './read-header';

export type Authentication = 'PASS' | 'FAIL' | 'NONE';

/**
 * DMARC as our own mail server saw it. Anybody can write such a header: only the topmost counts, and only with our server's name
 * (RFC 8601, 5).
 */
export function authenticationOf(fields: HeaderFields, authservId: string | undefined): Authentication {
  const topmost = valuesOf(fields, 'authentication-results')[0];
  if (authservId === undefined || topmost === undefined) return 'NONE';
  const [server = '', ...results] = topmost.replace(/\([^()]*\)/g, ' ').split(';');
  if (server.trim().split(/\s/)[0]?.toLowerCase() !== authservId.toLowerCase()) return 'NONE';
  const dmarc = results.map((result) => /^\s*dmarc\s*=\s*(\w+)/i.exec(result)?.[1]?.toLowerCase()).find(Boolean);
  if (dmarc === 'pass') return 'PASS';
  return dmarc === 'fail' ? 'FAIL' : 'NONE';
}
