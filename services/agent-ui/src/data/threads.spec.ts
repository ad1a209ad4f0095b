import { minute, sampleMessage, sampleRow } from '../../test/sample-rows';
import { ConversationRows } from './conversation-rows';
import { Requests } from './request';
import { Threads } from './threads';

/** A server whose every thread has 50 messages of 400 characters. */
const serve = async (_path: string, { body }: RequestInit): Promise<Response> => {
  const { id } = (JSON.parse(body as string) as { variables: { id: string } }).variables;
  const nodes = Array.from({ length: 50 }, (_, n) =>
    sampleMessage(`${id} ${String(n)}`, { text: `${id} `.repeat(40) }),
  );
  const timeline = { nodes, pageInfo: { hasPreviousPage: false, startCursor: null } };
  const row = sampleRow(id, { lastActivityAt: minute(1) });
  return Response.json({ data: { conversation: { ...row, replyOptions: [], agentActivity: [], timeline } } });
};
/** Threads of a page that nobody else has anything to do with. */
const threadsOver = (rows: ConversationRows, fetch: typeof serve) =>
  new Threads({
    rows,
    requests: new Requests(() => ({ socketUrl: '', fetch })),
    pendingOf: () => [],
    onStored: () => undefined,
    follow: () => undefined,
    onOpen: () => undefined,
  });

it('of 500 threads that were opened, only the latest stay in memory', async () => {
  let held = 0;
  const rows: ConversationRows = new ConversationRows((id) => threads.has(id));
  const threads = threadsOver(rows, serve);
  for (let n = 0; n < 500; n += 1) {
    const id = `cnv_${String(n)}`;
    const view = threads.of(id);
    const leave = threads.show(id);
    const loaded = new Promise<void>((resolve) => {
      const stop = view.subscribe(() => {
        if (view.get().state !== 'ready') return;
        stop();
        resolve();
      });
    });
    threads.hear(id, { __typename: 'StreamReady', cursor: 'c', replaying: false });
    await loaded;
    expect(view.get().items).toHaveLength(50);
    leave();
  }
  for (let n = 0; n < 500; n += 1) held += threads.has(`cnv_${String(n)}`) ? 1 : 0;
  expect(held).toBeLessThanOrEqual(31);
  expect(rows.size).toBeLessThan(1_000);
  threads.stop();
}, 60_000);

it('a thread that is left while a request for it fails does not ask again', async () => {
  jest.useFakeTimers();
  let asked = 0;
  let fail: (reason: Error) => void = () => undefined;
  const rows = new ConversationRows();
  const threads = threadsOver(rows, (path, init) => {
    if (!(init.body as string).includes('query ThreadSurroundings')) return serve(path, init);
    asked += 1;
    return new Promise((_, reject) => {
      fail = reject;
    });
  });
  const leave = threads.show('cnv_1');
  threads.hear('cnv_1', { __typename: 'StreamReady', cursor: 'c', replaying: false });
  await jest.advanceTimersByTimeAsync(1_000);
  expect(threads.of('cnv_1').get().state).toBe('ready');

  threads.hear('cnv_1', { __typename: 'StreamReady', cursor: 'd', replaying: false });
  fail(new TypeError('no network'));
  await jest.advanceTimersByTimeAsync(10_000);
  expect(asked).toBe(2);
  leave();
  await jest.advanceTimersByTimeAsync(0);
  fail(new TypeError('no network'));
  await jest.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(2);
  threads.stop();
  jest.useRealTimers();
});

it('reply options that contradict the dot are asked for again until they agree, and no longer', async () => {
  jest.useFakeTimers();
  let asked = 0;
  let heardOfIt = false;
  const presence = { state: 'OFFLINE' as const, since: minute(1) };
  const chat = { channel: 'WEB_CHAT', available: true, default: true, recipient: null, disabledReason: null };
  const rows = new ConversationRows();
  const threads = threadsOver(rows, () => {
    asked += 1;
    const notice = heardOfIt ? 'VISITOR_OFFLINE' : null;
    const row = sampleRow('cnv_1', { visitor: { id: 'vis_1', presence, currentPage: null } });
    const timeline = { nodes: [], pageInfo: { hasPreviousPage: false, startCursor: null } };
    const replyOptions = [{ ...chat, notice, windowClosesAt: null, includesTranscript: false, maxLength: 1_000 }];
    return Promise.resolve(
      Response.json({ data: { conversation: { ...row, replyOptions, agentActivity: [], timeline } } }),
    );
  });
  const leave = threads.show('cnv_1');
  threads.hear('cnv_1', { __typename: 'StreamReady', cursor: 'c', replaying: false });
  await jest.advanceTimersByTimeAsync(20_000);
  const before = asked;
  expect(before).toBeGreaterThanOrEqual(3);
  heardOfIt = true;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(threads.of('cnv_1').get().replyOptions?.[0]?.notice).toBe('VISITOR_OFFLINE');
  expect(asked).toBe(before + 1);
  leave();
  threads.stop();
  jest.useRealTimers();
});
