/** What an attempt to hand a mail over came to. */
export type Outcome =
  | { kind: 'taken'; accepted: string[]; refused: Refusal[]; response: string }
  /** Not taken for now: the other side says so, or could not be reached before the whole mail was there. */
  | { kind: 'deferred'; cause: 'connection' | 'sign-in' | 'answer'; words: string }
  | { kind: 'refused'; code: FailureCode; words: string }
  /** The whole mail was sent, and no answer came: it may have been taken. */
  | { kind: 'ambiguous'; words: string };

/** One recipient that was not taken while others were. */
export interface Refusal {
  address: string;
  code: FailureCode;
  permanent: boolean;
  words: string;
}

/** Why a mail did not arrive, for people to read in their language. */
export type FailureCode =
  | 'MAILBOX_UNKNOWN'
  | 'MAILBOX_FULL'
  | 'DOMAIN_UNKNOWN'
  | 'TOO_LARGE'
  | 'REFUSED_AS_SPAM'
  | 'SENDER_REFUSED'
  | 'REJECTED';

/** The part of nodemailer's errors that tells. */
export interface SmtpFailure {
  message: string;
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

/** Why `failure` ended an attempt; `wholeMailSent`: the final dot was on its way. */
export function outcomeOfFailure(failure: SmtpFailure, wholeMailSent: boolean): Outcome {
  const words = wordsOf(failure);
  const { responseCode } = failure;
  if (failure.code === 'EAUTH' || responseCode === 530 || responseCode === 535)
    return { kind: 'deferred', cause: 'sign-in', words };
  if (failure.code === 'EMESSAGE' && responseCode === undefined && failure.command === 'MAIL FROM')
    return { kind: 'refused', code: 'TOO_LARGE', words };
  if (responseCode === undefined)
    return wholeMailSent ? { kind: 'ambiguous', words } : { kind: 'deferred', cause: 'connection', words };
  if (responseCode < 500) return { kind: 'deferred', cause: 'answer', words };
  return { kind: 'refused', code: codeOf(failure), words };
}

export function refusalOf(address: string, failure: SmtpFailure): Refusal {
  const permanent = failure.responseCode !== undefined && failure.responseCode >= 500;
  return { address, permanent, code: codeOf(failure), words: wordsOf(failure) };
}

const codeOf = ({ response, responseCode, command }: SmtpFailure): FailureCode => {
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1] ?? null;
  if (command === 'MAIL FROM' && responseCode !== 552) return 'SENDER_REFUSED';
  return failureCode(status, responseCode ?? null);
};

/** From the enhanced status (RFC 3463, RFC 7372) where there is one, else from the reply code. */
export function failureCode(status: string | null, responseCode: number | null): FailureCode {
  const [, subject, detail] = (status ?? '').split('.').map(Number);
  switch (subject) {
    case 1:
      if (detail === 2) return 'DOMAIN_UNKNOWN';
      return detail === 7 || detail === 8 ? 'SENDER_REFUSED' : 'MAILBOX_UNKNOWN';
    case 2:
      if (detail === 2) return 'MAILBOX_FULL';
      return detail === 3 ? 'TOO_LARGE' : 'MAILBOX_UNKNOWN';
    case 3:
      return detail === 4 ? 'TOO_LARGE' : 'REJECTED';
    case 4:
      return detail === 4 ? 'DOMAIN_UNKNOWN' : 'REJECTED';
    case 7:
      return 'REFUSED_AS_SPAM';
    default:
  }
  if (responseCode === 550 || responseCode === 551 || responseCode === 553) return 'MAILBOX_UNKNOWN';
  return responseCode === 552 ? 'TOO_LARGE' : 'REJECTED';
}

/** The server's own words, on one line. */
const wordsOf = ({ response, message }: SmtpFailure): string =>
  (response ?? message)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
