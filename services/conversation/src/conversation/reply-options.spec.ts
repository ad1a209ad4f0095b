import type { ReplySituation } from './reply-options';
import { replyOptions } from './reply-options';

const chatVisitor: ReplySituation = {
  title: 'Visitor 0718',
  hasVisitor: true,
  visitorOnline: true,
  email: null,
  emailVerified: false,
  emailConfigured: true,
  messenger: null,
  now: new Date('2026-11-22T13:00:00.000Z'),
};

const option = (channel: 'chat' | 'email' | 'messenger', situation: Partial<ReplySituation>) => {
  const found = replyOptions({ ...chatVisitor, ...situation }).find((one) => one.channel === channel);
  if (!found) throw new Error(`no ${channel}`);
  return found;
};

const preselected = (situation: Partial<ReplySituation>) =>
  replyOptions({ ...chatVisitor, ...situation })
    .filter((one) => one.default)
    .map((one) => one.channel);

it('there is one entry for each channel, in display order', () => {
  expect(replyOptions(chatVisitor).map(({ channel }) => channel)).toEqual(['chat', 'email', 'messenger']);
});

describe('the preselected channel', () => {
  const email = 'ann@example.com';

  it('is chat while the visitor is online, even when the address is known', () => {
    expect(preselected({ email })).toEqual(['chat']);
  });

  it('is email when the visitor is offline and the address is known', () => {
    expect(preselected({ email, visitorOnline: false })).toEqual(['email']);
  });

  it('is chat when the visitor is offline and no address is known, or email is not set up', () => {
    expect(preselected({ visitorOnline: false })).toEqual(['chat']);
    expect(preselected({ email, visitorOnline: false, emailConfigured: false })).toEqual(['chat']);
  });

  it('is none when no channel can be used', () => {
    expect(preselected({ hasVisitor: false, visitorOnline: false })).toEqual([]);
  });
});

describe('chat', () => {
  it('names the visitor, and says when the visitor is away', () => {
    expect(option('chat', {})).toMatchObject({ available: true, recipient: 'Visitor 0718', notice: null });
    expect(option('chat', { visitorOnline: false }).notice).toBe('VISITOR_OFFLINE');
  });

  it('needs a visitor', () => {
    expect(option('chat', { hasVisitor: false })).toMatchObject({
      available: false,
      recipient: null,
      disabledReason: 'NOT_A_CHAT_THREAD',
    });
  });
});

describe('email', () => {
  it('says why it cannot be used', () => {
    expect(option('email', {}).disabledReason).toBe('EMAIL_ADDRESS_UNKNOWN');
    expect(option('email', { email: 'a@b.co', emailConfigured: false })).toMatchObject({
      available: false,
      disabledReason: 'CHANNEL_NOT_CONFIGURED',
      recipient: 'a@b.co',
    });
  });

  it('warns of an address that was only typed', () => {
    expect(option('email', { email: 'a@b.co' }).notice).toBe('ADDRESS_UNVERIFIED');
    expect(option('email', { email: 'a@b.co', emailVerified: true }).notice).toBeNull();
  });

  it('carries the conversation so far', () => {
    expect(option('email', { email: 'a@b.co' }).includesTranscript).toBe(true);
  });
});

it('messenger is for messenger threads', () => {
  expect(option('messenger', {})).toMatchObject({ available: false, disabledReason: 'NOT_A_MESSENGER_THREAD' });
});

describe('Messenger', () => {
  const seconds = (count: number) => new Date(chatVisitor.now.getTime() + count * 1_000);
  const HOURS = 3_600;
  const person = (closesIn: number, humanAgentFor: number | null = null, canSend = true): Partial<ReplySituation> => ({
    title: 'Ben Ito',
    hasVisitor: false,
    messenger: {
      canSend,
      window: { closesAt: seconds(closesIn), humanAgentUntil: humanAgentFor === null ? null : seconds(humanAgentFor) },
    },
  });

  it('is preselected in its threads, and names the person', () => {
    expect(preselected(person(5 * HOURS))).toEqual(['messenger']);
    expect(option('messenger', person(5 * HOURS))).toMatchObject({ recipient: 'Ben Ito', notice: null });
  });

  it('is open until the second before the window closes, with a notice in the last four hours', () => {
    expect(option('messenger', person(1))).toMatchObject({
      ...{ available: true, notice: 'WINDOW_CLOSING', windowClosesAt: seconds(1).toISOString() },
    });
    expect(option('messenger', person(4 * HOURS)).notice).toBeNull();
    for (const closesIn of [0, -1])
      expect(option('messenger', person(closesIn))).toMatchObject({
        ...{
          available: false,
          disabledReason: 'MESSENGER_WINDOW_CLOSED',
          windowClosesAt: seconds(closesIn).toISOString(),
        },
      });
    expect(preselected(person(-1))).toEqual([]);
  });

  it('is open for longer where the page has HUMAN_AGENT, which counts only after the day', () => {
    expect(option('messenger', person(1, HOURS)).windowClosesAt).toBe(seconds(1).toISOString());
    expect(option('messenger', person(-1, HOURS))).toMatchObject({
      ...{ available: true, windowClosesAt: seconds(HOURS).toISOString() },
    });
    expect(option('messenger', person(-2, -1)).disabledReason).toBe('MESSENGER_WINDOW_CLOSED');
  });

  it('is closed to somebody who never wrote, and down while the page cannot send', () => {
    expect(option('messenger', { messenger: { canSend: true, window: null } })).toMatchObject({
      ...{ available: false, disabledReason: 'MESSENGER_WINDOW_CLOSED', windowClosesAt: null },
    });
    expect(option('messenger', person(HOURS, null, false)).disabledReason).toBe('CHANNEL_DOWN');
  });
});
