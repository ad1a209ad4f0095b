import {
  ConversationOpened,
  type ConversationSnapshot,
  type GatewayFrame,
  type WidgetMessage,
} from '@conversations/contracts';
import { VisitorSession, type Push } from './visitor-session';
import { VisitorTokens } from './visitor-token';

const identity = new VisitorTokens('a secret of more than thirty-two characters').mint('site_a');
const site = { id: 'site_a', name: 'A', origins: [] };
const config = { heartbeat: 20, maxText: 5_000, upload: false };
const opened = ConversationOpened.schema.parse(ConversationOpened.example).conversation;

function tab(options: { minted: boolean } = { minted: false }) {
  const frames: GatewayFrame[] = [];
  const closes: number[] = [];
  const session = new VisitorSession(
    site,
    identity,
    '127.0.0.1',
    { send: (frame) => void frames.push(frame), close: (code) => void closes.push(code) },
    options,
  );
  return { session, frames, closes };
}

const message = (seq: number, clientId: string | null = null): WidgetMessage => ({
  seq,
  id: `msg_${String(seq).padStart(32, '0')}`,
  author: { kind: clientId === null ? 'agent' : 'visitor', name: null },
  channel: 'chat',
  text: `text ${String(seq)}`,
  attachments: [],
  clientId,
  at: '2026-11-22T13:00:00.000Z',
});
const added = (seq: number, clientId: string | null = null, more: Partial<ConversationSnapshot> = {}): Push => ({
  conversation: { ...opened, version: seq * 10, lastPosition: seq, ...more },
  position: seq,
  message: message(seq, clientId),
});
const history = (from: number, to: number, more: { reset?: boolean } = {}) => ({
  visitor: { id: identity.visitorId, contactId: null },
  expired: false,
  thread: { id: opened.id, state: 'open' as const, seq: to, agentReadSeq: 0 },
  messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  reset: false,
  hasMore: false,
  ...more,
});
const shown = (frames: GatewayFrame[]) => frames.map((frame) => (frame.t === 'msg' ? frame.m.seq : frame.t));

test('what is pushed while the history is read comes once, after the welcome', () => {
  const { session, frames } = tab();
  session.push(added(3));
  session.push(added(4));
  session.push(added(5));
  expect(frames).toEqual([]);
  session.welcome(history(3, 4), config);
  expect(shown(frames)).toEqual(['welcome', 5]);
});

test('an event seen twice, or again from a rebuilt broker, is shown once and sets nothing back', () => {
  const { session, frames } = tab();
  session.welcome(null, config);
  for (const seq of [1, 2, 3]) session.push(added(seq, null, { agentReadPosition: seq }));
  const before = frames.length;
  for (const seq of [1, 2, 3]) session.push(added(seq, null, { agentReadPosition: seq, status: 'COMPLETED' }));
  expect(frames.length).toBe(before);
});

test('a gap is held back until the history fills it', () => {
  const { session, frames, closes } = tab();
  session.welcome(history(1, 2), config);
  expect(session.push(added(5))).toBe(false);
  expect(session.push(added(6))).toBe(true);
  expect(shown(frames)).toEqual(['welcome']);
  session.refill(history(3, 5));
  expect(shown(frames)).toEqual(['welcome', 3, 4, 5, 6]);
  expect(closes).toEqual([]);
});

test('a gap that the history cannot fill lets the browser begin again', () => {
  const { session, closes } = tab();
  session.welcome(history(1, 2), config);
  session.push(added(5));
  session.refill({ ...history(3, 3), messages: [] });
  expect(closes).toEqual([1012]);
  const far = tab();
  far.session.welcome(history(1, 2), config);
  far.session.push(added(300));
  far.session.refill(history(251, 300, { reset: true }));
  expect(far.closes).toEqual([1012]);
});

test('a position that is not the visitor’s to see is no gap: in the history, live, and where a gap was closed', () => {
  const { session, frames, closes } = tab();
  const until = (seq: number, messages: WidgetMessage[]) => {
    const known = history(1, 1);
    return { ...known, thread: { ...known.thread, seq }, messages };
  };
  session.welcome(until(3, [message(1), message(2)]), config);
  expect(session.push({ ...added(4), message: null })).toBe(true);
  expect(session.push(added(5))).toBe(true);
  expect(session.push({ ...added(7), message: null })).toBe(false);
  session.refill(until(7, []));
  session.push(added(8));
  expect(shown(frames)).toEqual(['welcome', 5, 8]);
  expect(closes).toEqual([]);
});

test('an own message is acked in the tab that sent it and shown in the others, with its client id', () => {
  const [sender, other] = [tab(), tab()];
  sender.session.welcome(null, config);
  other.session.welcome(null, config);
  sender.session.sendingOwn('a');
  for (const { session } of [sender, other]) session.push(added(1, 'a'));
  expect(sender.frames.slice(1)).toEqual([{ t: 'ack', clientId: 'a', seq: 1, id: message(1).id, at: message(1).at }]);
  expect(other.frames.slice(1)).toEqual([{ t: 'msg', m: message(1, 'a') }]);
});

test('an ack that came by asking is not repeated by the event, and does not hide what stands before it', () => {
  const { session, frames } = tab();
  session.welcome(null, config);
  session.sendingOwn('a');
  session.acknowledge({ clientId: 'a', seq: 2, id: 'msg_x', at: '' });
  session.acknowledge({ clientId: 'a', seq: 2, id: 'msg_x', at: '' });
  session.push(added(1));
  session.push(added(2, 'a'));
  session.push(added(3));
  expect(shown(frames)).toEqual(['welcome', 'ack', 1, 3]);
});

test('the first ack of a new browser carries its visitor and token, the welcome the token only', () => {
  const { session, frames } = tab({ minted: true });
  session.welcome(null, config);
  session.sendingOwn('a');
  session.push(added(1, 'a'));
  session.sendingOwn('b');
  session.push(added(2, 'b'));
  expect(frames[0]).toMatchObject({ t: 'welcome', visitor: null, token: identity.token, thread: null });
  expect(frames[1]).toMatchObject({ t: 'ack', visitor: identity.visitorId, token: identity.token });
  expect(frames[2]).not.toHaveProperty('token');
});

test('completing, reopening and reading are told once each', () => {
  const { session, frames } = tab();
  session.welcome(history(1, 1), config);
  const change = (version: number, more: Partial<ConversationSnapshot>) =>
    session.push({ conversation: { ...opened, version, lastPosition: 1, ...more }, position: null, message: null });
  change(3, { agentReadPosition: 1 });
  change(4, { agentReadPosition: 1, status: 'COMPLETED' });
  change(5, { agentReadPosition: 1, status: 'COMPLETED', unread: false });
  change(6, { agentReadPosition: 1, status: 'OPEN' });
  expect(frames.slice(1)).toEqual([
    { t: 'receipt', agentReadSeq: 1 },
    { t: 'thread', state: 'completed' },
    { t: 'thread', state: 'open' },
  ]);
});
