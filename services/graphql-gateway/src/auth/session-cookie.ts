/**
 * How the session id travels. `__Host-` makes the browser refuse the cookie unless it is Secure, for this host only and
 * for all paths, so that no sibling domain can plant one. Browsers do not take Secure cookies on plain http: a local
 * origin gets the plain name instead.
 */
export class SessionCookie {
  readonly name: string;
  private readonly attributes: string;

  constructor(publicOrigin: string) {
    const secure = publicOrigin.startsWith('https:');
    this.name = secure ? '__Host-conversations-session' : 'conversations-session';
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  /** The token in a Cookie header, if there is exactly one. */
  read(header: string | undefined): string | undefined {
    if (header === undefined) return undefined;
    const prefix = `${this.name}=`;
    const found = header
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(prefix));
    return found.length === 1 ? found[0]?.slice(prefix.length) : undefined;
  }

  set(token: string, expiresAt: Date): string {
    return `${this.name}=${token}; ${this.attributes}; Expires=${expiresAt.toUTCString()}`;
  }

  clear(): string {
    return `${this.name}=; ${this.attributes}; Max-Age=0`;
  }
}
