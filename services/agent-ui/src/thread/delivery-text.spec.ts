import type { Agent, PendingMessage, ThreadMessage } from '../data';
import { thread as english } from '../i18n/en/thread';
import { thread as french } from '../i18n/fr/thread';
import { assignableAgents } from './assignable-agents';
import { deliveryText, pendingText } from './delivery-text';
import { backInto } from './draft-again';

const stored = (
  state: NonNullable<ThreadMessage['delivery']>['state'],
  failureCode: string | null = null,
  channel: ThreadMessage['channel'] = 'WEB_CHAT',
) => ({
  channel,
  delivery: { state, at: '2026-11-22T10:00:00.000Z', failureCode, detail: null, retryable: true },
});
const pending: PendingMessage = {
  clientMessageId: 'c1',
  conversationId: 'cnv_1',
  channel: 'WEB_CHAT',
  text: 'We will get back to you.',
  attachments: [{ id: 'up_1', filename: 'a.png', contentType: 'image/png', byteSize: 5 }],
  complete: false,
  createdAt: '2026-11-22T10:00:00.000Z',
  state: 'waiting',
};

test('a delivery is told in plain words, a customer’s message says nothing', () => {
  expect(deliveryText({ channel: 'WEB_CHAT', delivery: null }, english)).toBeNull();
  expect(deliveryText(stored('ACCEPTED'), english)).toBe('Sent');
  expect(deliveryText(stored('ACCEPTED', null, 'EMAIL'), english)).toBe('Sending…');
  expect(deliveryText(stored('SEEN'), french)).toBe('Vu');
  expect(deliveryText(stored('UNKNOWN'), english)).toBe('May not have arrived');
  expect(deliveryText(stored('FAILED', 'BOUNCED'), english)).toBe('Not sent: the mail server refused the address.');
  expect(deliveryText(stored('FAILED', 'SOMETHING_NEW'), english)).toBe('Not sent: it was refused.');
});

test('a waiting message says that it waits for the connection only when there is none', () => {
  expect(pendingText(pending, true, english)).toBe('Sending…');
  expect(pendingText(pending, false, english)).toBe('Waiting for the connection…');
  expect(pendingText({ ...pending, state: 'refused', refusal: { code: 'REPLY_WINDOW_CLOSED' } }, true, english)).toBe(
    'Not sent: the 24-hour reply window has closed.',
  );
});

test('a refused message goes back before what was typed meanwhile, with its files and its channel', () => {
  const draft = { text: 'And another thing', channel: null, attachments: [] };
  expect(backInto(draft, pending)).toEqual({
    text: 'We will get back to you.\n\nAnd another thing',
    channel: 'WEB_CHAT',
    attachments: pending.attachments,
  });
  expect(backInto({ ...draft, text: ' ' }, pending).text).toBe('We will get back to you.');
});

test('the signed-in agent stands first among those who can own a conversation', () => {
  const agent = (id: string, displayName: string, change: Partial<Agent> = {}): Agent => ({
    id,
    displayName,
    email: `${id}@example.test`,
    avatarUrl: null,
    role: 'AGENT',
    active: true,
    ...change,
  });
  const agents = [
    agent('z', 'Zoé'),
    agent('v', 'Vera', { role: 'VIEWER' }),
    agent('a', 'Amélie'),
    agent('gone', 'Gone', { active: false }),
    agent('me', 'Tom', { role: 'ADMIN' }),
  ];
  expect(assignableAgents(agents, 'me').map(({ id }) => id)).toEqual(['me', 'a', 'z']);
});
