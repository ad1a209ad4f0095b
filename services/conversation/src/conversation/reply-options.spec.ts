import type { ReplySituation } from './reply-options';
import { replyOptions } from './reply-options';

const chatVisitor: ReplySituation = {
  title: 'Visitor 0718',
  hasVisitor: true,
  visitorOnline: true,
  email: null,
  emailVerified: false,
  emailConfigured: true,
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
