import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who a token stands for. The id follows from the token, so parallel first messages over replicas are one visitor. */
export interface VisitorIdentity {
  visitorId: string;
  token: string;
  /** SHA-256 of the token, hex: all that is stored of it. */
  tokenHash: string;
}

const TOKEN = /^vt_([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})$/;

/** `vt_<256 random bits>.<first 128 bits of HMAC-SHA256(secret, site:random)>`, both base64url. */
export class VisitorTokens {
  constructor(private readonly secret: string) {}

  /** A token that stands for a visitor as soon as its first message is stored. */
  mint(siteId: string): VisitorIdentity {
    const random = randomBytes(32).toString('base64url');
    return identityOf(`vt_${random}.${this.mac(siteId, random)}`);
  }

  /** Null when the token was not made here for this site. */
  verify(siteId: string, token: string): VisitorIdentity | null {
    const [, random = '', mac = ''] = TOKEN.exec(token) ?? [];
    if (random === '' || !timingSafeEqual(Buffer.from(mac), Buffer.from(this.mac(siteId, random)))) return null;
    return identityOf(token);
  }

  private mac(siteId: string, random: string): string {
    const mac = createHmac('sha256', this.secret).update(`${siteId}:${random}`).digest();
    return mac.subarray(0, 16).toString('base64url');
  }
}

function identityOf(token: string): VisitorIdentity {
  const tokenHash = createHash('sha256').update(token).digest('hex');
  return { visitorId: `vis_${tokenHash.slice(0, 32)}`, token, tokenHash };
}
