import { type AgentClient, eventually, type Stack, startStack, type WidgetClient } from '@conversations/testing';
import { startProxy } from './frozen-network';
import { MemoryStorage } from '../src/data/kept-storage';
import type { InboxFilter } from '../src/data/types';
import { type AgentPage, closePages, openPage, showList, showThread } from './agent-page';

let stack: Stack;
let amelie: AgentClient;
let tom: AgentClient;
const widgets: WidgetClient[] = [];

beforeAll(async () => {
  stack = await startStack({ env: { GRAPHQL_REPLAY_LIMIT: '30', CHAT_OFFLINE_GRACE_SECONDS: '1' } });
  [amelie, tom] = await Promise.all([stack.signIn('amelie'), stack.signIn('tom')]);
}, 120_000);
afterEach(async () => {
  closePages();
  for (const widget of widgets.splice(0)) await widget.close();
});
afterAll(() => stack.stop());

let conversations = 0;
/** A visitor's browser with a new conversation. */
async function visitor(text = `Hello ${String((conversations += 1))}`) {
  const widget = stack.widget();
  widgets.push(widget);
  await widget.connect();
  await widget.write(text);
  const { id } = await eventually(async () => {
    const found = (await tom.inbox()).find(({ lastMessage }) => lastMessage?.text === text);
    if (found === undefined) throw new Error(`no conversation with "${text}"`);
    return found;
  });
  return { widget, id, text };
}

const timesAsked = (page: AgentPage, operation: string) => page.asked.filter((asked) => asked === operation).length;

const versions = (rows: { id: string; version: number }[]) => rows.map(({ id, version }) => `${id} ${String(version)}`);

/** The list as the server has it now, and nothing else, stands on the screen. */
async function listIsEqualToDatabase(list: Awaited<ReturnType<typeof showList>>) {
  await eventually(async () => expect(versions(list.rows())).toEqual(versions(await tom.inbox())), {
    timeoutMs: 15_000,
  });
}

async function threadIsEqualToDatabase(thread: Awaited<ReturnType<typeof showThread>>, id: string) {
  const stored = async () => (await tom.thread(id)).timeline.map((item) => item.id);
  const shown = () =>
    thread.view().items.map((item) => {
      if (item.kind === 'pending') return `pending ${item.pending.text}`;
      return item.kind === 'message' ? item.message.id : item.activity.id;
    });
  await eventually(async () => expect(shown()).toEqual(await stored()), { timeoutMs: 15_000 });
}

const storedTexts = async (id: string) =>
  (await tom.thread(id)).timeline.flatMap((item) => (item.__typename === 'Message' ? [item.text] : []));

describe('the list', () => {
  it('shows what is there, then every new message at the top, unread, with the counters', async () => {
    const first = await visitor();
    const page = await openPage(stack, amelie);
    const list = await showList(page);
    expect(list.texts()[0]).toBe(first.text);
    const heard: string[] = [];
    page.data.inbound.add(({ conversation }) => heard.push(conversation.lastMessage?.text ?? ''));
    const second = await visitor();
    await eventually(() => expect(list.texts().slice(0, 2)).toEqual([second.text, first.text]));
    await eventually(() =>
      expect(list.rows()[0]).toMatchObject({ unread: true, visitor: { presence: { state: 'ONLINE' } } }),
    );
    expect(heard).toEqual([second.text]);
    const counters = page.data.counters.value;
    await eventually(() => expect(counters.get()?.unread).toBe(list.rows().filter(({ unread }) => unread).length));
    await eventually(() => expect(list.view().totalCount).toBe(list.rows().length));
  });

  it('a visitor who leaves loses the green dot, without another request for the list', async () => {
    const { widget, id } = await visitor();
    const page = await openPage(stack, amelie);
    await showList(page);
    const asked = timesAsked(page, 'InboxPage');
    await widget.close();
    await eventually(() => expect(page.data.rows.get(id)?.visitor?.presence.state).toBe('OFFLINE'));
    expect(timesAsked(page, 'InboxPage')).toBe(asked);
  });

  it('while it is held nothing moves, and the news are counted', async () => {
    const page = await openPage(stack, amelie);
    const list = await showList(page);
    list.view().hold(true);
    const before = list.view().ids;
    const news = await visitor();
    await eventually(() => expect(list.view().held).toBe(1));
    expect(list.view().ids).toEqual(before);
    list.view().release();
    expect(list.view()).toMatchObject({ held: 0, ids: [news.id, ...before] });
  });

  it('a conversation that another agent completes leaves the open ones and enters the completed ones', async () => {
    const { id } = await visitor();
    const page = await openPage(stack, amelie);
    const open = await showList(page);
    const completed = await showList(page, { status: 'COMPLETED' });
    await tom.complete(id);
    await eventually(() => expect(completed.view().ids[0]).toBe(id));
    await eventually(() => expect(open.view().ids).not.toContain(id));
  });

  it('of one agent and of who is online follows assignments, and visitors who go and come back', async () => {
    const { id, widget } = await visitor();
    const { viewer } = await tom.request<{ viewer: { agent: { id: string } } }>('{ viewer { agent { id } } }');
    const filter: InboxFilter = { status: 'OPEN', assigneeId: viewer.agent.id, visitorOnline: true };
    const page = await openPage(stack, amelie);
    const list = await showList(page, filter);
    await tom.assign(id, viewer.agent.id);
    await eventually(() => expect(list.view().ids).toEqual([id]));
    await widget.close();
    await eventually(() => expect(list.view().ids).toEqual([]));
    // A page that does not know the conversation has to ask who it is that came.
    const fresh = await openPage(stack, amelie);
    const online = await showList(fresh, filter);
    expect(online.view().ids).toEqual([]);
    await widget.connect();
    for (const shown of [list, online])
      await eventually(() => expect(shown.view().ids).toEqual([id]), { timeoutMs: 15_000 });
  });

  it('a search shows what matches, with the place', async () => {
    const { id } = await visitor('The parcel smells of zirconium');
    const page = await openPage(stack, amelie);
    const list = await showList(page, { status: 'OPEN', search: 'zirconium' });
    expect(list.view().ids).toEqual([id]);
    expect(list.view().excerpts.get(id)).toContain('zirconium');
  });
});

describe('a thread', () => {
  it('shows both sides in order as they write', async () => {
    const { widget, id, text } = await visitor();
    const page = await openPage(stack, amelie);
    const thread = await showThread(page, id);
    expect(thread.view()).toMatchObject({
      hasOlder: false,
      replyOptions: [{ channel: 'WEB_CHAT', available: true }, {}, {}],
    });
    page.data.outbox.send({ conversationId: id, channel: 'WEB_CHAT', text: 'One', attachments: [], complete: false });
    await eventually(() => expect(thread.messages()).toEqual([text, 'One']));
    await widget.write('Two');
    await tom.reply(id, 'Three');
    await eventually(() => expect(thread.messages()).toEqual([text, 'One', 'Two', 'Three']));
    await threadIsEqualToDatabase(thread, id);
  });

  it('loads older pages, down to the first message', async () => {
    const { widget, id } = await visitor();
    for (let n = 1; n <= 120; n += 1) void widget.send(`n${String(n)}`);
    await eventually(async () => expect(await storedTexts(id)).toHaveLength(121), { timeoutMs: 45_000 });
    const page = await openPage(stack, amelie);
    const thread = await showThread(page, id);
    expect(thread.view().hasOlder).toBe(true);
    while (thread.view().hasOlder) {
      const { length } = thread.view().items;
      thread.view().loadOlder();
      await eventually(() => expect(thread.view().items.length).toBeGreaterThan(length));
    }
    await threadIsEqualToDatabase(thread, id);
  }, 120_000);

  it('one that was open before is there at once, and has what came meanwhile', async () => {
    const [a, b] = [await visitor(), await visitor()];
    const page = await openPage(stack, amelie);
    const first = await showThread(page, a.id);
    first.leave();
    const second = await showThread(page, b.id);
    await a.widget.write('while you were away');
    second.leave();
    const again = page.data.threads.of(a.id);
    expect(again.get().state).toBe('ready');
    const asked = timesAsked(page, 'ThreadPage');
    page.data.threads.show(a.id);
    await eventually(() =>
      expect(again.get().items.at(-1)).toMatchObject({ message: { text: 'while you were away' } }),
    );
    expect(timesAsked(page, 'ThreadPage')).toBe(asked);
  });

  it('one that does not exist is missing, and says so', async () => {
    const page = await openPage(stack, amelie);
    const thread = page.data.threads.of('cnv_0000000000000000');
    page.data.threads.show('cnv_0000000000000000');
    await eventually(() => expect(thread.get().state).toBe('missing'));
  });

  it('the choice of channels follows the visitor who leaves', async () => {
    const { widget, id } = await visitor();
    const page = await openPage(stack, amelie);
    const thread = await showThread(page, id);
    await eventually(() => expect(thread.view().replyOptions?.[0]).toMatchObject({ notice: null }));
    await widget.close();
    await eventually(() => expect(thread.view().replyOptions?.[0]).toMatchObject({ notice: 'VISITOR_OFFLINE' }));
  });

  it('shows who else is writing', async () => {
    const { id } = await visitor();
    const [mine, theirs] = [await openPage(stack, amelie), await openPage(stack, tom)];
    const thread = await showThread(mine, id);
    theirs.data.attention.viewing(id, true);
    await eventually(() => expect(thread.view().agentActivity).toMatchObject([{ writing: true }]));
    theirs.data.attention.viewing(null, false);
    await eventually(() => expect(thread.view().agentActivity).toEqual([]));
  });

  it('shows that somebody has sent what they wrote, and that they write again', async () => {
    const { id } = await visitor();
    const [mine, theirs] = [await openPage(stack, amelie), await openPage(stack, tom)];
    const thread = await showThread(mine, id);
    const writing = (is: boolean) => expect(thread.view().agentActivity).toMatchObject([{ writing: is }]);
    const type = () =>
      eventually(() => {
        theirs.data.attention.viewing(id, true);
        writing(true);
      });
    await type();
    theirs.data.outbox.send({ conversationId: id, channel: 'WEB_CHAT', text: 'one', attachments: [], complete: false });
    theirs.data.attention.sent();
    await eventually(() => writing(false));
    await type();
  });
});

describe('the screen ends equal to the database', () => {
  async function look(page: AgentPage, id: string) {
    return { list: await showList(page), thread: await showThread(page, id) };
  }

  it('after the gateway was killed and came back', async () => {
    const { widget, id } = await visitor();
    const page = await openPage(stack, amelie);
    const { list, thread } = await look(page, id);
    const asked = timesAsked(page, 'InboxPage');
    const [gateway] = stack.services['graphql-gateway'];
    await gateway!.kill();
    await eventually(() => expect(page.data.connection.get()).toBe('reconnecting'));
    for (const text of ['a', 'b', 'c']) await widget.write(text);
    await gateway!.restart();
    // The page waits up to 15 s between two tries to come back.
    await eventually(() => expect(page.data.connection.get()).toBe('live'), { timeoutMs: 45_000 });
    await listIsEqualToDatabase(list);
    await threadIsEqualToDatabase(thread, id);
    expect(timesAsked(page, 'InboxPage')).toBe(asked);
  }, 120_000);

  it('after more was missed than can be caught up on', async () => {
    const { widget, id } = await visitor();
    const others = [await visitor(), await visitor()];
    const page = await openPage(stack, amelie);
    const { list, thread } = await look(page, id);
    const asked = timesAsked(page, 'InboxPage');
    let savedResponsesToldTimes = 0;
    page.data.savedResponses.add(() => (savedResponsesToldTimes += 1));
    page.network(false);
    await eventually(() => expect(page.data.connection.get()).toBe('offline'));
    for (let n = 0; n < 60; n += 1) void widget.send(`missed ${String(n)}`);
    await eventually(async () => expect(await storedTexts(id)).toHaveLength(61));
    await tom.complete(others[0]!.id);
    await others[1]!.widget.write('me too');
    page.network(true);
    await listIsEqualToDatabase(list);
    // What is shown has no gap: only older messages are left to scrolling.
    await eventually(async () => {
      const stored = await storedTexts(id);
      expect(thread.messages()).toEqual(stored.slice(-thread.messages().length));
      expect(thread.messages().length).toBeGreaterThanOrEqual(50);
    });
    thread.view().loadOlder();
    await threadIsEqualToDatabase(thread, id);
    expect(timesAsked(page, 'InboxPage')).toBeGreaterThan(asked);
    // They may have changed unheard.
    expect(savedResponsesToldTimes).toBeGreaterThan(0);
  }, 60_000);

  it('after the network died without a word, which the page notices by itself', async () => {
    const { widget, id, text } = await visitor();
    const proxy = await startProxy(stack.gatewayUrls[0]!);
    const page = await openPage(stack, amelie, { url: proxy.url });
    const { list, thread } = await look(page, id);
    await eventually(() => expect(page.data.connection.get()).toBe('live'));
    proxy.freeze();
    await widget.write('into the void');
    // Silence for 5 s, no answer for 3 s, looked at each second: 9 s where the machine has time.
    await eventually(() => expect(page.data.connection.get()).toBe('reconnecting'), { timeoutMs: 25_000 });
    expect(thread.messages()).toEqual([text]);
    proxy.thaw();
    await listIsEqualToDatabase(list);
    await threadIsEqualToDatabase(thread, id);
    await proxy.stop();
  }, 60_000);

  it('after connections that break again and again while everybody writes', async () => {
    const { widget, id } = await visitor();
    const page = await openPage(stack, amelie);
    const { list, thread } = await look(page, id);
    for (let n = 0; n < 24; n += 1) {
      if (n % 4 === 0) page.drop();
      if (n % 3 === 0) await widget.write(`visitor ${String(n)}`);
      else if (n % 3 === 1) await tom.reply(id, `tom ${String(n)}`);
      else
        page.data.outbox.send({
          conversationId: id,
          channel: 'WEB_CHAT',
          text: `me ${String(n)}`,
          attachments: [],
          complete: false,
        });
    }
    await eventually(() => expect(page.data.outbox.of(id)).toEqual([]), { timeoutMs: 20_000 });
    await listIsEqualToDatabase(list);
    await threadIsEqualToDatabase(thread, id);
  }, 60_000);
});

describe('actions', () => {
  it('show at once and stay', async () => {
    const { id } = await visitor();
    const page = await openPage(stack, amelie);
    await showList(page);
    const done = page.data.changes.complete(id);
    expect(page.data.rows.get(id)?.status).toBe('COMPLETED');
    await done;
    expect((await tom.thread(id)).conversation.status).toBe('COMPLETED');
    await page.data.changes.reopen(id);
    expect(page.data.rows.get(id)?.status).toBe('OPEN');
    await page.data.changes.markRead(id);
    expect(page.data.rows.get(id)).toMatchObject({ unread: false, read: { by: { displayName: 'Amélie Laurent' } } });
  });

  it('are put back when the network fails, and say why', async () => {
    const { id } = await visitor();
    const page = await openPage(stack, amelie);
    await showList(page);
    page.before = (operation) => {
      if (operation === 'CompleteConversation') throw new TypeError('no network');
    };
    const done = page.data.changes.complete(id);
    expect(page.data.rows.get(id)?.status).toBe('COMPLETED');
    await expect(done).rejects.toMatchObject({ kind: 'offline' });
    expect(page.data.rows.get(id)).toMatchObject({ status: 'OPEN', completed: null });
  });

  it('are put back when the server refuses, with its code', async () => {
    const { id } = await visitor();
    const page = await openPage(stack, amelie);
    await showList(page);
    const done = page.data.changes.assign(id, 'agt_0000000000000000');
    expect(page.data.rows.get(id)?.assignee?.id).toBe('agt_0000000000000000');
    await expect(done).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(page.data.rows.get(id)?.assignee).toBeNull();
  });

  it('reading up to a message leaves a newer one unread', async () => {
    const { widget, id } = await visitor();
    const page = await openPage(stack, amelie);
    await showList(page);
    const shown = page.data.rows.get(id)!.lastMessage!.id;
    page.before = async (operation) => {
      if (operation === 'OpenConversation') await widget.write('not seen yet');
    };
    await page.data.changes.markRead(id, shown);
    expect((await tom.inbox()).find((row) => row.id === id)).toMatchObject({ unread: true });
  });
});

describe('the outbox', () => {
  const send = (page: AgentPage, id: string, text: string, channel: 'WEB_CHAT' | 'EMAIL' = 'WEB_CHAT') =>
    page.data.outbox.send({ conversationId: id, channel, text, attachments: [], complete: false });

  it('a bubble is there at once and becomes the stored message without a flicker', async () => {
    const { id, text } = await visitor();
    const page = await openPage(stack, amelie);
    const { thread, texts, view } = await showThread(page, id);
    const seen: string[][] = [];
    thread.subscribe(() => seen.push(texts().filter((line) => line.includes('Hi'))));
    const key = send(page, id, 'Hi');
    expect(texts().at(-1)).toBe('(Hi)');
    await eventually(() => expect(view().items.some((item) => item.kind === 'message' && item.key === key)).toBe(true));
    await eventually(() => expect(page.data.outbox.of(id)).toEqual([]));
    expect(seen.filter((lines) => lines.length !== 1)).toEqual([]);
    expect(texts().filter((line) => line === text)).toHaveLength(1);
  });

  it('keeps the order and stores each once although answers get lost', async () => {
    const { id, text } = await visitor();
    const page = await openPage(stack, amelie);
    await showThread(page, id);
    let tries = 0;
    const original = page.data.outbox;
    page.before = async (operation) => {
      tries += operation === 'SendMessage' ? 1 : 0;
      if (operation === 'SendMessage' && tries % 2 === 1) throw new TypeError('lost');
    };
    for (const line of ['1', '2', '3', '4']) send(page, id, line);
    await eventually(() => expect(original.of(id)).toEqual([]), { timeoutMs: 25_000 });
    expect(await storedTexts(id)).toEqual([text, '1', '2', '3', '4']);
  }, 40_000);

  it('what was written without a network survives a reload and goes out when the network is back', async () => {
    const { id, text } = await visitor();
    const storage = new MemoryStorage();
    const before = await openPage(stack, amelie, { storage });
    await showThread(before, id);
    before.network(false);
    for (const line of ['1', '2']) send(before, id, line);
    await eventually(async () => expect(await storage.readAll()).toHaveLength(2));
    before.stop();
    const after = await openPage(stack, amelie, { storage });
    after.network(false);
    const { messages } = await showThreadOffline(after, id);
    await eventually(() => expect(messages()).toEqual(['(1)', '(2)']));
    after.network(true);
    await eventually(() => expect(messages()).toEqual([text, '1', '2']), { timeoutMs: 15_000 });
    expect(await storage.readAll()).toEqual([]);
    expect(await storedTexts(id)).toEqual([text, '1', '2']);
  }, 40_000);

  it('a refused message keeps its reason, and its text can be taken back', async () => {
    const { id } = await visitor();
    const storage = new MemoryStorage();
    const page = await openPage(stack, amelie, { storage });
    await showThread(page, id);
    const key = send(page, id, 'By mail', 'EMAIL');
    await eventually(() => expect(page.data.outbox.of(id)).toMatchObject([{ state: 'refused' }]));
    expect(['CHANNEL_NOT_AVAILABLE', 'EMAIL_ADDRESS_MISSING']).toContain(page.data.outbox.of(id)[0]?.refusal?.code);
    expect(page.data.outbox.unsent.get().get(id)).toBe('refused');
    send(page, id, 'By chat');
    await eventually(async () => expect(await storedTexts(id)).toContain('By chat'));
    const taken = page.data.outbox.discard(key)!;
    page.data.drafts.change(id, { text: taken.text });
    await eventually(async () => expect(await storage.readAll()).toMatchObject([[`draft/${id}`, { text: 'By mail' }]]));
  });

  it('a refused message goes out on another channel when the agent says so', async () => {
    const { id } = await visitor();
    const page = await openPage(stack, amelie);
    await showThread(page, id);
    const key = send(page, id, 'Either way', 'EMAIL');
    await eventually(() => expect(page.data.outbox.of(id)).toMatchObject([{ state: 'refused' }]));
    page.data.outbox.changeChannel(key, 'WEB_CHAT');
    await eventually(async () => expect(await storedTexts(id)).toContain('Either way'));
    await eventually(() => expect(page.data.outbox.of(id)).toEqual([]));
  });

  it('two tabs show and send one message once, also when the tab that sends is closed', async () => {
    const { id, text } = await visitor();
    const storage = new MemoryStorage();
    const [one, two] = [await openPage(stack, amelie, { storage }), await openPage(stack, amelie, { storage })];
    const threads = [await showThread(one, id), await showThread(two, id)];
    send(two, id, 'from the second tab');
    await eventually(() => {
      for (const { messages } of threads) expect(messages()).toEqual([text, 'from the second tab']);
    });
    one.network(false);
    send(one, id, 'left behind');
    await eventually(() => expect(two.data.outbox.of(id)).toMatchObject([{ text: 'left behind' }]));
    one.stop();
    await eventually(async () => expect(await storedTexts(id)).toEqual([text, 'from the second tab', 'left behind']));
    await eventually(() => expect(threads[1]!.messages()).toEqual([text, 'from the second tab', 'left behind']));
  });

  it('a session that ends says so; what was written waits and goes out after signing in again', async () => {
    const { id } = await visitor();
    const guest = await stack.signIn('vera').then(() => stack.signIn('amelie'));
    const page = await openPage(stack, guest);
    await showThread(page, id);
    await fetch(new URL('/auth/logout', stack.gatewayUrls[0]), {
      method: 'POST',
      headers: { cookie: guest.cookie, origin: stack.installation.publicOrigin, 'content-type': 'application/json' },
      body: '{}',
    });
    await eventually(() => expect(page.data.connection.get()).toBe('signed-out'));
    expect(page.signedOut).toBe(1);
    send(page, id, 'still here');
    await eventually(() => expect(page.data.outbox.of(id)).toMatchObject([{ state: 'waiting' }]));
    page.session.cookie = (await stack.signIn('amelie')).cookie;
    page.data.signedIn();
    await eventually(async () => expect(await storedTexts(id)).toContain('still here'));
    await eventually(() => expect(page.data.connection.get()).toBe('live'));
  });
});

async function showThreadOffline(page: AgentPage, id: string) {
  const thread = page.data.threads.of(id);
  thread.subscribe(() => undefined);
  page.data.threads.show(id);
  const { textOf } = await import('./agent-page');
  return {
    messages: () =>
      thread
        .get()
        .items.filter(({ kind }) => kind !== 'activity')
        .map(textOf),
  };
}
