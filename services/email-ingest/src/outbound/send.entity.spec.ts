import { SendEmail } from '@conversations/contracts';
import type { Bounce } from '../threading/thread-signs';
import { Send, type SendPolicy } from './send.entity';
import type { Outcome } from './smtp-outcome';

const now = new Date('2026-11-22T12:00:00.000Z');
const policy: SendPolicy = { retrySeconds: [10, 60, 600], giveUpHours: 48, ambiguous: 'resend' };
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

function sending(cc: string[] = []): Send {
  const command = SendEmail.schema.parse(SendEmail.example);
  const send = Send.of(
    { ...command, cc: cc.map((address) => ({ name: null, address })) },
    'm-1@shop.example',
    policy,
    now,
  );
  return Object.assign(send, { state: 'SENDING', tries: 1, lease: 'mine' });
}

const taken = (accepted: string[], refused: Extract<Outcome, { kind: 'taken' }>['refused'] = []): Outcome => ({
  kind: 'taken',
  accepted,
  refused,
  response: '250 2.0.0 Ok',
});
const deferred: Outcome = { kind: 'deferred', cause: 'answer', words: '451 4.7.1 Later' };
const lost: Outcome = { kind: 'ambiguous', words: 'Connection closed unexpectedly' };
const bounce = (change: Partial<Bounce> = {}): Bounce => ({
  kind: 'failure',
  recipients: [],
  rfcMessageIds: [],
  finalRecipient: 'ann@example.com',
  status: '5.1.1',
  diagnostic: '550 5.1.1 No such user here',
  at: later(60),
  ...change,
});

it('a mail that was taken is sent', () => {
  const send = sending();
  expect(send.settle(taken(['ann@example.com']), policy, now)).toMatchObject({
    state: 'SENT',
    rfcMessageId: 'm-1@shop.example',
    failureCode: null,
    retryable: false,
  });
  expect(send).toMatchObject({ state: 'SENT', lease: null, recipients: [], doneAt: now });
});

it('a mail that is refused for now waits for the next pause, and the agent is not bothered', () => {
  const send = sending();
  expect(send.settle(deferred, policy, now)).toBeNull();
  expect(send).toMatchObject({ state: 'WAITING', dueAt: later(10), lease: null });
  send.tries = 7;
  send.settle(deferred, policy, now);
  expect(send.dueAt).toEqual(later(600));
});

it('a mail that nobody took within 48 hours has failed, in the words of the last answer', () => {
  const send = sending();
  const end = later(48 * 3_600 - 5);
  expect(send.settle(deferred, policy, end)).toMatchObject({
    state: 'FAILED',
    failureCode: 'GAVE_UP',
    detail: '451 4.7.1 Later',
    retryable: true,
  });
});

it('a mail whose fate is unknown is sent again, or held until a person decides, and shown as uncertain in both cases', () => {
  const again = sending();
  expect(again.settle(lost, policy, now)).toMatchObject({ state: 'UNKNOWN', retryable: false });
  expect(again).toMatchObject({ state: 'WAITING', ambiguous: 1 });
  const held = sending();
  expect(held.settle(lost, { ...policy, ambiguous: 'hold' }, now)).toMatchObject({ state: 'UNKNOWN', retryable: true });
  expect(held.state).toBe('HELD');
});

it('a mail is not sent again after its time, nor more often than five times', () => {
  const late = sending();
  late.settle(lost, policy, later(48 * 3_600));
  expect(late.state).toBe('HELD');
  const often = sending();
  for (let copy = 0; copy < 6; copy += 1) often.settle(lost, policy, now);
  expect(often.state).toBe('HELD');
});

it('who is refused for now gets it later, alone', () => {
  const send = sending(['boss@example.com']);
  const refused = [{ address: 'boss@example.com', permanent: false, code: 'REJECTED' as const, words: '450 Later' }];
  expect(send.settle(taken(['ann@example.com'], refused), policy, now)).toMatchObject({ state: 'SENT' });
  expect(send).toMatchObject({ state: 'WAITING', recipients: ['boss@example.com'] });
  expect(send.settle(taken(['boss@example.com']), policy, now)).toMatchObject({ state: 'SENT', detail: null });
  expect(send.state).toBe('SENT');
});

it('the message has failed when whom it is to is refused, although a copy was taken', () => {
  const send = sending(['boss@example.com']);
  const refused = [{ address: 'ann@example.com', permanent: true, code: 'MAILBOX_FULL' as const, words: '552 Full' }];
  expect(send.settle(taken(['boss@example.com'], refused), policy, now)).toMatchObject({
    state: 'FAILED',
    failureCode: 'MAILBOX_FULL',
    detail: '552 Full',
  });
});

describe('a bounce', () => {
  it('fails a sent message with its code and words', () => {
    const send = sending();
    send.settle(taken(['ann@example.com']), policy, now);
    expect(send.bounce(bounce())).toMatchObject({
      state: 'FAILED',
      failureCode: 'MAILBOX_UNKNOWN',
      detail: '550 5.1.1 No such user here',
      at: later(60).toISOString(),
    });
  });

  it('that comes before the answer to the sending is noted stays what the agent sees', () => {
    const send = sending();
    expect(send.bounce(bounce())).toMatchObject({ state: 'FAILED' });
    expect(send.settle(taken(['ann@example.com']), policy, now)).toBeNull();
    expect(send).toMatchObject({ state: 'FAILED', failureCode: 'MAILBOX_UNKNOWN' });
  });

  it('ends further tries of an uncertain mail', () => {
    const send = sending();
    send.settle(lost, policy, now);
    send.bounce(bounce());
    expect(send.state).toBe('FAILED');
  });

  it('of a copy does not fail the message, and says who did not get it', () => {
    const send = sending(['boss@example.com']);
    send.settle(taken(['ann@example.com', 'boss@example.com']), policy, now);
    expect(send.bounce(bounce({ finalRecipient: 'boss@example.com', diagnostic: '550 Gone' }))).toMatchObject({
      state: 'SENT',
      detail: 'boss@example.com: 550 Gone',
    });
  });

  it('that only tells of a delay changes nothing', () => {
    const send = sending();
    send.settle(taken(['ann@example.com']), policy, now);
    expect(send.bounce(bounce({ kind: 'delay', status: '4.4.1' }))).toBeNull();
    expect(send.state).toBe('SENT');
  });

  it('that tells of a delivery or a complaint says so', () => {
    const send = sending();
    send.settle(taken(['ann@example.com']), policy, now);
    expect(send.bounce(bounce({ kind: 'delivered', status: '2.0.0' }))).toMatchObject({ state: 'DELIVERED' });
    expect(send.bounce(bounce({ kind: 'complaint', status: null, diagnostic: null }))).toMatchObject({
      state: 'FAILED',
      failureCode: 'COMPLAINT',
    });
  });
});
