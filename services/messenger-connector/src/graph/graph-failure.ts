/** What a refusal means for the message and the page. */
export type FailureClass =
  | 'WINDOW'
  | 'RECIPIENT'
  | 'PAYLOAD'
  | 'AUTH'
  | 'PERMISSION'
  | 'OWNERSHIP'
  | 'THROTTLE'
  | 'RESTRICTED'
  | 'RETRY'
  /** The request may have had its effect. */
  | 'UNKNOWN';

/** A request to Graph that did not end well; the message holds neither token nor address. */
export class GraphFailure extends Error {
  constructor(
    readonly failure: FailureClass,
    words: string,
    readonly facts: { status?: number; code?: number; subcode?: number; backoffMs?: number } = {},
    options?: { cause?: unknown },
  ) {
    super(words, options);
    this.name = 'GraphFailure';
  }
}

const SUBCODES: Record<number, FailureClass> = {
  2018278: 'WINDOW',
  2018065: 'WINDOW',
  2018108: 'RECIPIENT',
  1545041: 'RECIPIENT',
  2018001: 'RECIPIENT',
  2018109: 'PAYLOAD',
  2018300: 'OWNERSHIP',
  1893063: 'RESTRICTED',
};

const CODES: Record<number, FailureClass> = {
  1: 'RETRY',
  2: 'RETRY',
  4: 'THROTTLE',
  10: 'PERMISSION',
  17: 'THROTTLE',
  32: 'THROTTLE',
  100: 'PAYLOAD',
  102: 'AUTH',
  104: 'AUTH',
  190: 'AUTH',
  200: 'PERMISSION',
  230: 'PERMISSION',
  551: 'RECIPIENT',
  613: 'THROTTLE',
  1200: 'RETRY',
};

/**
 * By code and subcode, never by words. Source: Meta, "Common Error Codes" (Messenger Platform) and "Handle Errors" (Graph API).
 * Codes that nobody documented are the message's fault: trying again alone could only repeat them.
 */
export function classOfCodes(code: number, subcode: number | undefined): FailureClass {
  if (code === 100 && subcode === 33) return 'RECIPIENT';
  // A token's subcodes say why it ended, never about the message.
  if (code === 190) return 'AUTH';
  return (subcode === undefined ? undefined : SUBCODES[subcode]) ?? CODES[code] ?? 'PAYLOAD';
}

/**
 * An answer that is not Graph's own: a proxy's page, or half a document. Only 503 (nobody took the request) and 4xx certainly had no
 * effect.
 */
export function classOfStatus(status: number): FailureClass {
  if (status === 429) return 'THROTTLE';
  if (status === 503) return 'RETRY';
  return status >= 400 && status < 500 ? 'PAYLOAD' : 'UNKNOWN';
}

/** Nothing was sent: the name was not found, nobody listened, or TLS failed. */
const NOT_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
]);

/** The request ended without an answer: what the network did to it. */
export function classOfNetworkError(error: unknown): FailureClass {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && NOT_SENT.has(cause.code)) return 'RETRY';
  }
  return 'UNKNOWN';
}
