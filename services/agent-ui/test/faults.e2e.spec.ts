import {
  AgentClient,
  DEMO_AGENTS,
  eventually,
  freePort,
  type Stack,
  startBrowser,
  startStack,
  type WidgetClient,
} from '@conversations/testing';
import { Client } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { agentBrowser, type AgentScreen } from './agent-browser';
import { type FrozenNetwork, startProxy } from './frozen-network';
import { shownInbox, storedInbox } from './screen-and-database';

jest.setTimeout(300_000);

/** Small, so that a sleep of a few dozen messages is longer than what can be caught up on. */
const EVENT_RING = 60;

let stack: Stack;
let network: FrozenNetwork;
let browser: Browser;
let database: Client;
let tom: AgentClient;
/** Whose screen is tested. */
let amelieId: string;
const ends: (() => Promise<unknown>)[] = [];
const widgets: WidgetClient[] = [];
const screens: AgentScreen[] = [];

beforeAll(async () => {
  // The agents' browsers reach the gateway through a network that can die; its address is the public one.
  const port = await freePort();
  const publicOrigin = `http://127.0.0.1:${String(port)}`;
  const started = await startStack({
    env: {
      PUBLIC_ORIGIN: publicOrigin,
      GRAPHQL_EVENT_RING: String(EVENT_RING),
      CHAT_OFFLINE_GRACE_SECONDS: '1',
    },
  });
  ends.push(() => started.stop());
  stack = { ...started, installation: { ...started.installation, publicOrigin } };
  network = await startProxy(started.gatewayUrls[0]!, port);
  ends.push(() => network.stop());
  const { host, port: databasePort, adminUser, adminPassword, name } = stack.installation.database;
  database = new Client({ host, port: databasePort, user: adminUser, password: adminPassword, database: name });
  await database.connect();
  ends.push(() => database.end());
  tom = await AgentClient.signIn({
    urls: stack.gatewayUrls,
    origin: publicOrigin,
    email: DEMO_AGENTS.tom,
    password: stack.installation.demoPassword,
  });
  const { rows } = await database.query<{ id: string }>('SELECT id FROM gateway.agent WHERE email = $1', [
    DEMO_AGENTS.amelie,
  ]);
  amelieId = rows[0]!.id;
  browser = await startBrowser();
  ends.push(() => browser.close());
}, 120_000);

afterEach(async () => {
  network.thaw();
  // A test that failed half-way must not take the others with it.
  const [gateway] = stack.services['graphql-gateway'];
  if (gateway?.isAlive === false) await gateway.restart();
  for (const screen of screens.splice(0)) await screen.close();
  for (const widget of widgets.splice(0)) await widget.close();
  for (const { id } of await tom.inbox({ status: 'OPEN' })) await tom.complete(id);
});

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

async function visitor(text: string): Promise<{ id: string; widget: WidgetClient }> {
  const widget = stack.widget();
  widgets.push(widget);
  await widget.connect();
  await widget.write(text);
  return { id: await conversationOf(text), widget };
}

const conversationOf = (text: string): Promise<string> =>
  eventually(async () => {
    const { rows } = await database.query<{ id: string }>(
      'SELECT conversation_id AS id FROM conversation.message WHERE text = $1',
      [text],
    );
    expect(rows).toHaveLength(1);
    return rows[0]!.id;
  });

/** How often each of these stands in the database. */
async function timesStored(texts: readonly string[]): Promise<number[]> {
  const { rows } = await database.query<{ text: string }>(
    'SELECT text FROM conversation.message WHERE text = ANY($1)',
    [texts],
  );
  return texts.map((text) => rows.filter((row) => row.text === text).length);
}

async function open(id: string): Promise<AgentScreen> {
  const screen = await agentBrowser(browser, stack);
  screens.push(screen);
  await screen.page.goto(`/inbox/${id}`);
  await screen.reply.waitFor();
  return screen;
}

/** Writes and presses Send; the bubble is there whatever the network does. */
async function send(screen: AgentScreen, text: string): Promise<void> {
  await screen.reply.fill(text);
  await screen.reply.press('Control+Enter');
  await screen.log.getByText(text, { exact: true }).waitFor();
  expect(await screen.reply.inputValue()).toBe('');
}

const screenEndsEqualToDatabase = (screen: AgentScreen, id: string): Promise<void> =>
  eventually(async () => expect(await shownInbox(screen)).toEqual(await storedInbox(database, id, amelieId)), {
    timeoutMs: 45_000,
    everyMs: 200,
  });

/** Every one of the agent's words is stored once, in the order of writing, and the visitor has each of them once. */
async function arrivedOnce(texts: readonly string[], id: string, widget: WidgetClient): Promise<void> {
  await eventually(async () => expect(await timesStored(texts)).toEqual(texts.map(() => 1)), { timeoutMs: 45_000 });
  const { thread } = await storedInbox(database, id, amelieId);
  expect(thread.filter((line) => line.startsWith('You: '))).toEqual(texts.map((text) => `You: ${text}`));
  await eventually(() =>
    expect(widget.thread.map(({ text }) => text).filter((text) => texts.includes(text))).toEqual(texts),
  );
}

test('the gateway is killed twice while visitors write and the agent answers', async () => {
  const [ann, ben, cleo] = [await visitor('Ann asks'), await visitor('Ben asks'), await visitor('Cleo asks')];
  const screen = await open(ann.id);
  await screenEndsEqualToDatabase(screen, ann.id);
  const gateway = stack.services['graphql-gateway'][0]!;

  await send(screen, 'first answer');
  await screen.reply.fill('second ans');
  await gateway.kill();
  await ann.widget.write('Ann asks again');
  await screen.reply.press('End');
  await screen.page.keyboard.type('wer');
  await screen.reply.press('Control+Enter');
  await screen.log.getByText('second answer', { exact: true }).waitFor();
  await send(screen, 'third answer');
  await screen.page.getByText(/^The connection is lost/).waitFor();
  await ben.widget.write('Ben asks again');
  const restarted = gateway.restart();
  // Typing goes on through the restart.
  await screen.reply.click();
  await screen.page.keyboard.type('a fourth answer, ');
  await cleo.widget.write('Cleo asks again');
  await restarted;
  await screen.page.keyboard.type('begun');
  await screenEndsEqualToDatabase(screen, ann.id);
  expect(await screen.reply.inputValue()).toBe('a fourth answer, begun');

  // Again, with a message on its way.
  await Promise.all([screen.reply.press('Control+Enter'), gateway.kill()]);
  await screen.reply.fill('never sent');
  await Promise.all([gateway.restart(), ben.widget.write('Ben has had enough'), cleo.widget.write('Cleo too')]);
  const answers = ['first answer', 'second answer', 'third answer', 'a fourth answer, begun'];
  await arrivedOnce(answers, ann.id, ann.widget);
  await screenEndsEqualToDatabase(screen, ann.id);
  expect(await screen.reply.inputValue()).toBe('never sent');
  // The draft is not only on the screen.
  await screen.page.reload();
  await eventually(async () => expect(await screen.reply.inputValue()).toBe('never sent'));
  await screenEndsEqualToDatabase(screen, ann.id);
  expect(await timesStored(['never sent'])).toEqual([0]);
});

test('the network is turned off and on while both sides write', async () => {
  const [ann, ben, cleo] = [await visitor('Ann is here'), await visitor('Ben is here'), await visitor('Cleo is here')];
  const screen = await open(ann.id);
  await screenEndsEqualToDatabase(screen, ann.id);
  const context = screen.page.context();
  await screen.reply.fill('written online');

  await context.setOffline(true);
  await screen.page.getByText(/^You are offline/).waitFor();
  await screen.reply.press('Control+Enter');
  await send(screen, 'written offline');
  await ann.widget.write('Ann waits');
  await tom.reply(ann.id, 'Tom helps');
  await tom.complete(cleo.id);
  await tom.assign(
    ben.id,
    (await tom.request<{ viewer: { agent: { id: string } } }>('{ viewer { agent { id } } }')).viewer.agent.id,
  );
  await ben.widget.write('Ben waits');
  await ben.widget.close();
  await screen.reply.fill('half a sentence');
  expect(await timesStored(['written online', 'written offline'])).toEqual([0, 0]);

  await context.setOffline(false);
  await arrivedOnce(['written online', 'written offline'], ann.id, ann.widget);
  await screenEndsEqualToDatabase(screen, ann.id);
  await screen.row(ben.id).getByText('Offline', { exact: true }).waitFor({ state: 'attached' });
  await screen.row(ann.id).getByText('Online', { exact: true }).waitFor({ state: 'attached' });
  await screen.page.getByText(/^You are offline/).waitFor({ state: 'detached' });
  expect(await screen.reply.inputValue()).toBe('half a sentence');
});

test('the network dies without a word while both sides write', async () => {
  const [ann, ben] = [await visitor('Ann says hello'), await visitor('Ben says hello')];
  const screen = await open(ann.id);
  await screenEndsEqualToDatabase(screen, ann.id);

  network.freeze();
  await send(screen, 'into the void');
  await send(screen, 'and after it');
  await ann.widget.write('Ann hears nothing');
  await ben.widget.write('Ben hears nothing');
  await screen.reply.fill('not finished');
  await screen.page.getByText(/^The connection is lost/).waitFor();
  expect(await timesStored(['into the void', 'and after it'])).toEqual([0, 0]);

  network.thaw();
  await arrivedOnce(['into the void', 'and after it'], ann.id, ann.widget);
  await screenEndsEqualToDatabase(screen, ann.id);
  expect(await screen.reply.inputValue()).toBe('not finished');
});

test('the network dies without a word while the page loads the code that its first screen did without', async () => {
  const ann = await visitor('Ann comes early');
  const screen = await agentBrowser(browser, stack);
  screens.push(screen);
  const { page } = screen;
  const loading = page.waitForRequest(/\/version\.json|\/popup-parts-/);
  await page.goto(`/inbox/${ann.id}`);
  await screen.reply.waitFor();
  await loading;
  network.freeze();
  await ann.widget.write('Ann hears nothing');
  await screen.reply.fill('not finished');
  await page.getByText(/^The connection is lost/).waitFor();

  // A browser makes six connections to one server: files that never come must not hold them all.
  network.thaw();
  await screenEndsEqualToDatabase(screen, ann.id);
  expect(await screen.reply.inputValue()).toBe('not finished');
  await page.getByRole('combobox', { name: /^Assignee: / }).click();
  await page.getByRole('option', { name: /Tom/ }).waitFor();
});

/** Frames of the live feed that reached a page. */
function feedOf(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(payload.toString('utf8'))));
  return frames;
}

test('the laptop sleeps for ten minutes, longer than what can be caught up on', async () => {
  const [ann, ben, cleo] = [await visitor('Ann 0'), await visitor('Ben 0'), await visitor('Cleo 0')];
  for (let n = 1; n < 40; n += 1) await ann.widget.write(`Ann ${String(n)}`);
  await tom.reply(ann.id, 'Tom answers all that');
  await ann.widget.write('Ann 40');
  const screen = await agentBrowser(browser, stack);
  screens.push(screen);
  const { page } = screen;
  await page.clock.install();
  const feed = feedOf(page);
  await page.goto(`/inbox/${ann.id}`);
  await screen.reply.waitFor();
  await screen.log.getByText('Ann 40', { exact: true }).waitFor();
  await screen.row(ann.id).getByText('Unread').waitFor({ state: 'detached' });
  await screen.reply.fill('written before the lid was closed');
  // The agent reads further up.
  await screen.log.hover();
  const place = () =>
    screen.log.evaluate((log) => {
      const { top } = log.getBoundingClientRect();
      const first = [...log.querySelectorAll('article')].find((line) => line.getBoundingClientRect().top >= top);
      if (first === undefined) throw new Error('no message in sight');
      return `${first.querySelector('[dir=auto]')?.textContent ?? ''} at ${String(Math.round(first.getBoundingClientRect().top - top))}`;
    });
  let last = '';
  const before = await eventually(
    async () => {
      const one = await place();
      const isStill = one === last;
      last = one;
      // A thread that is still being laid out takes no turn of the wheel.
      if (/^Ann (3\d|40) /.test(one)) await page.mouse.wheel(0, -900);
      expect(one).not.toMatch(/^Ann (3\d|40) /);
      // The last turn may be on its way.
      expect(isStill).toBe(true);
      return one;
    },
    { everyMs: 250 },
  );

  const devtools = await page.context().newCDPSession(page);
  network.freeze();
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  for (let n = 1; n <= EVENT_RING; n += 1) {
    await ben.widget.write(`Ben ${String(n)}`);
    if (n % 10 === 0) await ann.widget.write(`Ann in the night ${String(n)}`);
  }
  await tom.reply(ann.id, 'Tom was awake');
  await tom.complete(cleo.id);
  const heardBefore = feed.length;
  network.thaw();
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await page.clock.fastForward('10:00');

  await eventually(() => expect(feed.slice(heardBefore).join()).toContain('"ResyncRequired"'), { timeoutMs: 30_000 });
  await screen
    .row(ben.id)
    .getByText(`Ben ${String(EVENT_RING)}`)
    // The first request after the sleep may go into a dead connection, which costs its 10 s.
    .waitFor({ timeout: 45_000 });
  // What came is below; the place and the words are where they were.
  await page.getByRole('button', { name: '6 new messages' }).waitFor({ timeout: 90_000 });
  expect(await place()).toBe(before);
  expect(await screen.reply.inputValue()).toBe('written before the lid was closed');
  const shown = await wholeThread(screen);
  const stored = await storedInbox(database, ann.id, amelieId);
  expect(shown).toEqual(stored.thread.map((line) => line.slice(line.indexOf(': ') + 2)));
  await eventually(async () => {
    const now = await shownInbox(screen);
    expect({ ...now, thread: [] }).toEqual({ ...(await storedInbox(database, ann.id, amelieId)), thread: [] });
  });
  await screen.reply.press('Control+Enter');
  await arrivedOnce(['written before the lid was closed'], ann.id, ann.widget);
});

/** All messages of the open thread, by scrolling from its first to its last. */
async function wholeThread({ page, log }: AgentScreen): Promise<string[]> {
  await log.hover();
  await eventually(async () => {
    await page.mouse.wheel(0, -5_000);
    expect(await log.evaluate((element) => element.scrollTop)).toBe(0);
    expect(await log.getByText('Loading older messages').count()).toBe(0);
  });
  const seen = new Set<string>();
  await eventually(async () => {
    // Not innerText: a line whose height is not known yet is hidden, and that would be empty.
    for (const text of await log.locator('article [dir=auto]').allTextContents()) seen.add(text);
    const rest = await log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
    await page.mouse.wheel(0, 300);
    expect(rest).toBeLessThan(2);
  });
  return [...seen];
}

test('the session ends while a reply is typed and another is being sent', async () => {
  const [ann, ben] = [await visitor('Ann wants to know'), await visitor('Ben wants to know')];
  const screen = await open(ann.id);
  const { page } = screen;
  await screenEndsEqualToDatabase(screen, ann.id);
  await screen.reply.fill('sent too late');
  await database.query('UPDATE gateway.session SET expires_at = now() WHERE agent_id = $1', [amelieId]);
  await screen.reply.press('Control+Enter');
  await page.keyboard.type('the next one');
  await screen.log.getByText('sent too late', { exact: true }).waitFor();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await ann.widget.write('Ann writes on');
  await ben.widget.write('Ben writes on');
  expect(await timesStored(['sent too late'])).toEqual([0]);

  await page.getByLabel('Password', { exact: true }).fill(stack.installation.demoPassword);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await arrivedOnce(['sent too late'], ann.id, ann.widget);
  await screenEndsEqualToDatabase(screen, ann.id);
  // The dialog did not open under the typing hands.
  expect(await screen.reply.inputValue()).toBe('the next one');
  await screen.reply.press('Control+Enter');
  await arrivedOnce(['sent too late', 'the next one'], ann.id, ann.widget);
  await screenEndsEqualToDatabase(screen, ann.id);
});
