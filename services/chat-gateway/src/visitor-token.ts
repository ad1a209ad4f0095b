import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who a token stands for. The id follows from the token, so parallel first messages over replicas are one visitor. */
export interface VisitorIdentity {
  visitorId: string;
  token: string;
  /** SHA-256 of the token, hex: all that is stored of it. */
  tokenHash: string;
}

/** A shorter tab id does not make a secret together with the client id. */
const SECRET_TAB_LENGTH = 16;

const TOKEN = /^vt_([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})$/;

/** `vt_<256 bits>.<first 128 bits of HMAC-SHA256(secret, site:bits)>`, both base64url. */
export class VisitorTokens {
  constructor(private readonly secret: string) {}

  /**
   * The token of a browser that has none, made with its first message. A browser that loses its socket before the first
   * `ack` sends the same message again without a token: the token is therefore a keyed function of what only this
   * browser and the gateway know (its tab's id, when long enough, and the message's id), so that both are one visitor.
   */
  mint(siteId: string, tab: string, clientId: string): VisitorIdentity {
    const bits =
      tab.length < SECRET_TAB_LENGTH ? randomBytes(32) : this.keyed(JSON.stringify(['mint', siteId, tab, clientId]));
    const text = bits.toString('base64url');
    return identityOf(`vt_${text}.${this.mac(siteId, text)}`);
  }

  /** Null when the token was not made here for this site. */
  verify(siteId: string, token: string): VisitorIdentity | null {
    const [, text = '', mac = ''] = TOKEN.exec(token) ?? [];
    if (text === '' || !timingSafeEqual(Buffer.from(mac), Buffer.from(this.mac(siteId, text)))) return null;
    return identityOf(token);
  }

  private mac(siteId: string, text: string): string {
    return this.keyed(`${siteId}:${text}`).subarray(0, 16).toString('base64url');
  }

  private keyed(text: string): Buffer {
    return createHmac('sha256', this.secret).update(text).digest();
  }
}

function identityOf(token: string): VisitorIdentity {
  const tokenHash = createHash('sha256').update(token).digest('hex');
  return { visitorId: `vis_${tokenHash.slice(0, 32)}`, token, tokenHash };
}
