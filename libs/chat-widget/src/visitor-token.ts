import type { HostLink } from './host-link';

const KEY = 'token';

/** Who this browser is to the gateway. All tabs of the host page agree on one token through its storage. */
export class VisitorToken {
  /** The one that the storage holds. */
  kept: string | null;
  /** The gateway made it for a connection that brought none. */
  private minted: string | null = null;
  private claiming = false;

  constructor(
    private readonly host: HostLink,
    stored: Readonly<Record<string, string>>,
  ) {
    this.kept = stored[KEY] ?? null;
  }

  /** A token is kept, or offered by the present connection. */
  get exists(): boolean {
    return this.kept !== null || this.minted !== null;
  }

  /** What `hello` says; a new connection without a token is nobody yet. */
  forHello(): string | null {
    this.minted = null;
    return this.kept;
  }

  offered(token: string | undefined): void {
    this.minted = token ?? this.minted;
  }

  /**
   * The first message may only leave once the storage holds the token it is sent under: after a lost ack, a reload or
   * in another tab the same browser must be the same visitor, or the message is stored twice.
   */
  mayWrite(): boolean {
    if (this.kept !== null || this.minted === null) return true;
    if (!this.claiming) this.host.swap(KEY, null, this.minted);
    this.claiming = true;
    return false;
  }

  /** The first ack brings it over HTTP, where no connection was there to offer it. */
  acknowledged(token: string | undefined): void {
    if (token === undefined || this.kept !== null) return;
    this.minted = token;
    this.host.swap(KEY, null, token);
  }

  /** The gateway does not know it (any more); another tab may have a better one already. */
  refused(): void {
    this.host.swap(KEY, this.kept, null);
    this.kept = null;
  }

  /** What the storage holds now. @returns true when the present connection is somebody else's */
  absorb(key: string, value: string | null): boolean {
    if (key !== KEY) return false;
    this.claiming = false;
    const other = value !== (this.kept ?? this.minted);
    this.kept = value;
    return other;
  }
}
