import type { UserErrorCode } from '../generated/documents';

export type RequestErrorKind =
  /** The request did not reach the server, or its answer did not come back. */
  | 'offline'
  | 'timeout'
  | 'signed-out'
  | 'forbidden'
  | 'rate-limited'
  /** A service behind the gateway, or the gateway itself, is down for now. */
  | 'unavailable'
  /** The server takes no such request: a page older than the server, or input that it forbids. */
  | 'refused'
  | 'internal';

export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly kind: RequestErrorKind,
    readonly retryAfterMs?: number,
    /** `unavailable` and `timeout`: which service, when it is known. */
    readonly service?: string,
    message: string = kind,
  ) {
    super(message);
  }

  /** Whether the same request may succeed later. */
  get isPassing(): boolean {
    return this.kind !== 'forbidden' && this.kind !== 'refused';
  }
}

/** What the server says the person can act on; the UI translates `code`. */
export interface UserErrorView {
  code: UserErrorCode;
  message: string;
  path: readonly string[] | null;
}

/** A change that was understood and not made. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused';

  constructor(readonly errors: readonly UserErrorView[]) {
    super(errors.map(({ code }) => code).join(', '));
  }

  get code(): UserErrorCode | null {
    return this.errors[0]?.code ?? null;
  }
}
