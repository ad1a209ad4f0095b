import type { TypedDocumentString } from '../generated/documents';
import { Requests, retryAfterOf } from './request';
import { READ_AFTER_MS, type Reading, shouldMarkRead } from './read-rule';
import { backOff } from './live-connection';

const DOCUMENT = 'query { a b }' as unknown as TypedDocumentString<{ a: number | null; b: number | null }, object>;
const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Requests(() => ({
    socketUrl: '',
    fetch: async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }),
  }));
const failing = (code: string, more: object = {}) => ({
  data: null,
  errors: [{ message: 'm', extensions: { code, ...more } }],
});

it.each([
  [200, failing('FORBIDDEN'), { kind: 'forbidden' }],
  [200, failing('BAD_USER_INPUT'), { kind: 'refused' }],
  [200, failing('QUERY_TOO_COMPLEX'), { kind: 'refused' }],
  [200, failing('RATE_LIMITED', { retryAfterMs: 1_200 }), { kind: 'rate-limited', retryAfterMs: 1_200 }],
  [200, failing('UPSTREAM_UNAVAILABLE', { service: 'conversation' }), { kind: 'unavailable', service: 'conversation' }],
  [200, failing('UPSTREAM_TIMEOUT'), { kind: 'timeout' }],
  [200, failing('SOMETHING_NEW'), { kind: 'internal' }],
  [401, failing('UNAUTHENTICATED'), { kind: 'signed-out' }],
  [502, '<html>Bad gateway</html>', { kind: 'unavailable' }],
  [429, '', { kind: 'rate-limited' }],
  [500, '', { kind: 'internal' }],
  [200, 'no json', { kind: 'internal' }],
])('an answer %i %j is %j', async (status, body, expected) => {
  await expect(answering(status, body).run(DOCUMENT, {})).rejects.toMatchObject(expected);
});

it('fields that a service could not answer are null, and why stands apart', async () => {
  const errors = [
    { message: 'down', path: ['b'], extensions: { code: 'UPSTREAM_UNAVAILABLE', service: 'saved-response' } },
  ];
  const requests = answering(200, { data: { a: 1, b: null }, errors });
  await expect(requests.run(DOCUMENT, {})).resolves.toEqual({ a: 1, b: null });
  const { errors: found } = await requests.runPartly(DOCUMENT, {});
  expect(found).toMatchObject([{ path: ['b'], error: { kind: 'unavailable', service: 'saved-response' } }]);
});

it('null without an error is an answer', async () => {
  await expect(answering(200, { data: { a: null, b: null } }).run(DOCUMENT, {})).resolves.toEqual({ a: null, b: null });
});

it('a session that is over is told to whoever listens, until they no longer do', async () => {
  const requests = answering(401, '');
  let told = 0;
  const stop = requests.onSignedOut(() => (told += 1));
  await expect(requests.run(DOCUMENT, {})).rejects.toMatchObject({ kind: 'signed-out' });
  stop();
  await expect(requests.run(DOCUMENT, {})).rejects.toMatchObject({ kind: 'signed-out' });
  expect(told).toBe(1);
});

it('no network, no answer in time and a caller who gives up are three things', async () => {
  const hanging = new Requests(() => ({
    socketUrl: '',
    fetch: (_path, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  }));
  const broken = new Requests(() => ({ socketUrl: '', fetch: () => Promise.reject(new TypeError('Failed to fetch')) }));
  await expect(broken.run(DOCUMENT, {})).rejects.toMatchObject({ kind: 'offline' });
  await expect(hanging.run(DOCUMENT, {}, { timeoutMs: 5 })).rejects.toMatchObject({ kind: 'timeout' });
  const caller = new AbortController();
  const asked = hanging.run(DOCUMENT, {}, { signal: caller.signal });
  caller.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

it('a question on a connection that may be dead is soon asked again, a change is not', async () => {
  let asked = 0;
  const transport = {
    socketUrl: '',
    // The first connection swallows everything.
    fetch: (_path: string, { signal }: RequestInit) =>
      (asked += 1) === 1
        ? new Promise<Response>((_resolve, reject) =>
            signal?.addEventListener('abort', () => reject(signal.reason as Error)),
          )
        : Promise.resolve(new Response('{"data":{"a":1}}')),
  };
  const requests = new Requests(() => transport);
  requests.doubtConnections();
  await expect(requests.run(DOCUMENT, {})).resolves.toEqual({ a: 1 });
  expect(asked).toBe(2);
  asked = 0;
  const change = 'mutation { a }' as unknown as typeof DOCUMENT;
  await expect(requests.run(change, {}, { timeoutMs: 5 })).rejects.toMatchObject({ kind: 'timeout' });
  expect(asked).toBe(1);
});

it('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  expect(retryAfterOf('7', now)).toBe(7_000);
  expect(retryAfterOf('Sun, 22 Nov 2026 10:00:30 GMT', now)).toBe(30_000);
  expect(retryAfterOf('soon', now)).toBeUndefined();
  expect(retryAfterOf(null, now)).toBeUndefined();
});

it('waits double up to 15 s, with jitter', () => {
  const waits = Array.from({ length: 10 }, (_, attempt) => backOff(attempt, () => 1));
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
  expect(backOff(3, () => 0)).toBe(1_000);
});

describe('a conversation is marked read', () => {
  const reading: Reading = {
    unread: true,
    newestId: 'm',
    shownId: 'm',
    tabIsFocused: true,
    visibleForMs: READ_AFTER_MS,
  };
  it('when its newest message was visible for 1 s in a focused tab', () => {
    expect(shouldMarkRead(reading)).toBe(true);
  });
  it.each<[string, Partial<Reading>]>([
    ['a moment too short', { visibleForMs: READ_AFTER_MS - 1 }],
    ['another tab has the focus', { tabIsFocused: false }],
    ['an older message is on the screen', { shownId: 'older' }],
    ['nothing is on the screen', { shownId: null }],
    ['there is no message', { newestId: null, shownId: null }],
    ['it is read already', { unread: false }],
  ])('not: %s', (_why, change) => {
    expect(shouldMarkRead({ ...reading, ...change })).toBe(false);
  });
});
