import { failureCode, outcomeOfFailure, type SmtpFailure } from './smtp-outcome';

const failure = (change: Partial<SmtpFailure>): SmtpFailure => ({ message: 'failed', ...change });
const answered = (response: string, command: string) =>
  failure({ response, responseCode: Number(response.slice(0, 3)), command, code: 'EENVELOPE' });

describe.each([
  ['before the whole mail was sent', false, 'deferred'],
  ['after it was sent', true, 'ambiguous'],
] as const)('a connection that dies %s', (_when, wholeMailSent, kind) => {
  it.each(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET'])(`is ${kind} (%s)`, (code) => {
    expect(outcomeOfFailure(failure({ code, command: 'CONN' }), wholeMailSent).kind).toBe(kind);
  });
});

it.each([
  ['450 4.2.0 Greylisted', 'RCPT TO'],
  ['421 4.7.0 Too many connections', 'CONN'],
  ['452 4.3.1 Disk full', 'DATA'],
])('%s is no for now, also after the whole mail', (response, command) => {
  expect(outcomeOfFailure(answered(response, command), true)).toEqual({
    kind: 'deferred',
    cause: 'answer',
    words: response,
  });
});

it.each([
  ['550 5.1.1 No such user', 'RCPT TO', 'MAILBOX_UNKNOWN'],
  ['550 No such user', 'RCPT TO', 'MAILBOX_UNKNOWN'],
  ['550 5.1.2 No such domain', 'RCPT TO', 'DOMAIN_UNKNOWN'],
  ['552 5.2.2 Mailbox full', 'RCPT TO', 'MAILBOX_FULL'],
  ['552 5.3.4 Message too big', 'MAIL FROM', 'TOO_LARGE'],
  ['554 5.7.1 Looks like spam', 'DATA', 'REFUSED_AS_SPAM'],
  ['550 5.7.1 Sender not allowed', 'MAIL FROM', 'SENDER_REFUSED'],
  ['554 Transaction failed', 'DATA', 'REJECTED'],
])('%s to %s is no for good: %s', (response, command, code) => {
  expect(outcomeOfFailure(answered(response, command), true)).toEqual({ kind: 'refused', code, words: response });
});

it('a sign-in that is refused is the installation’s fault: the mail waits', () => {
  const refused = { ...answered('535 5.7.8 Bad password', 'AUTH PLAIN'), code: 'EAUTH' };
  expect(outcomeOfFailure(refused, false)).toMatchObject({ kind: 'deferred', cause: 'sign-in' });
});

it('a mail over the size that the server announces is not even offered', () => {
  const tooLarge = failure({ code: 'EMESSAGE', command: 'MAIL FROM', message: 'Message size larger than allowed 10' });
  expect(outcomeOfFailure(tooLarge, false)).toMatchObject({ kind: 'refused', code: 'TOO_LARGE' });
});

it('the words are one line', () => {
  expect(outcomeOfFailure(answered('550-5.1.1 No\r\n550 5.1.1 such user', 'RCPT TO'), false)).toMatchObject({
    words: '550-5.1.1 No 550 5.1.1 such user',
  });
});

it('a status that says nothing falls back to the reply code', () => {
  expect(failureCode(null, null)).toBe('REJECTED');
  expect(failureCode('5.0.0', 550)).toBe('MAILBOX_UNKNOWN');
});
