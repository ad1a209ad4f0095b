import { type AgentClient, eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import type { Browser } from 'playwright-core';
import { startHostPage, type HostPage } from './host-page';
import { newVisitor, type VisitorPage } from './visitor-browser';

let stack: Stack;
let browser: Browser;
let host: HostPage;
let agent: AgentClient;
let chatUrl = '';

const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  host = await startHostPage(() => chatUrl);
  ends.push(() => host.stop());
  stack = await startStack({
    env: { CHAT_SITES: JSON.stringify([{ id: 'site_demo', name: 'Shop', origins: [host.origin] }]) },
  });
  ends.push(() => stack.stop());
  chatUrl = stack.chatUrls[0] ?? '';
  agent = await stack.signIn('amelie');
  ends.push(() => agent.close());
  browser = await startBrowser();
  ends.push(() => browser.close());
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

/** The conversation whose newest message has this text. */
const conversationWith = (text: string) =>
  eventually(async () => {
    const found = (await agent.inbox({ status: null })).find(({ lastMessage }) => lastMessage?.text === text);
    if (found === undefined) throw new Error(`no conversation with "${text}"`);
    return found;
  });

const storedTexts = async (conversationId: string) =>
  (await agent.thread(conversationId)).timeline.flatMap((node) => (node.__typename === 'Message' ? [node.text] : []));

/** A visitor who wrote one message that an agent sees. */
async function writtenBy(text: string, options: Parameters<typeof newVisitor>[1] = {}, path = '/') {
  const visitor = await newVisitor(browser, options);
  const page = await visitor.visit(host.origin + path);
  await page.open();
  await page.write(text);
  await page.allSent();
  return { visitor, page, conversation: await conversationWith(text) };
}

test('a visitor writes, reads the pushed answer, comes back to the history, and writes again on a completed conversation', async () => {
  const visitor = await newVisitor(browser);
  const page = await visitor.visit(`${chatUrl}/demo`);
  await page.open();
  await page.write('Is the trail boot in stock?');
  await page.allSent();
  const conversation = await conversationWith('Is the trail boot in stock?');

  await agent.reply(conversation.id, 'Yes, in all sizes.');
  await page.shows(['Is the trail boot in stock?', 'Yes, in all sizes.']);
  expect(await page.log.getByText('Amélie').count()).toBeGreaterThan(0);

  await page.page.reload();
  await page.shows(['Is the trail boot in stock?', 'Yes, in all sizes.']);

  await agent.open(conversation.id);
  await page.log.getByText('Seen').waitFor();
  await agent.complete(conversation.id);
  await page.log.getByText('This conversation was completed. Write again to open it.').waitFor();

  await page.write('Thank you. And in blue?');
  await page.allSent();
  const again = await conversationWith('Thank you. And in blue?');
  expect(again).toMatchObject({ id: conversation.id, status: 'OPEN', unread: true });
  await eventually(async () => {
    expect(await page.log.getByText('This conversation was completed.').count()).toBe(0);
  });
  expect(page.problems).toEqual([]);
  await visitor.close();
});

test('the history is shown also when the gateway answers before the browser has drawn its first frame', async () => {
  const { visitor, page } = await writtenBy('from a busy computer');
  await visitor.context.addInitScript(() => {
    // Frames, and the short timers that stand in for them in a hidden tab, come later than any gateway's answer.
    const later = window.setTimeout;
    window.requestAnimationFrame = (draw) => later(draw, 3_000, 0);
    window.setTimeout = ((run: () => void, ms = 0) => later(run, ms > 100 ? ms : 3_000)) as typeof setTimeout;
  });
  await page.page.reload();
  await page.shows(['from a busy computer']);
  await visitor.close();
});

test('a new browser profile is a new visitor with a new conversation', async () => {
  const first = await writtenBy('from the first profile');
  const second = await writtenBy('from the second profile');
  expect(second.conversation.id).not.toBe(first.conversation.id);
  expect(await second.page.bubbles()).toEqual(['from the second profile']);
  await Promise.all([first.visitor.close(), second.visitor.close()]);
});

test('a brand-new visitor opens no socket and stores nothing before the widget is opened and written in', async () => {
  const visitor = await newVisitor(browser);
  const page = await visitor.visit(host.origin);
  await page.page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  expect(page.page.frames()).toHaveLength(1);
  expect(page.sockets).toEqual([]);

  await page.open();
  await eventually(() => {
    expect(page.sockets).toEqual([`${chatUrl.replace('http', 'ws')}/chat`]);
  });
  expect(await page.storedToken()).toBeNull();
  await page.write('first words');
  await page.allSent();
  expect(await page.storedToken()).toMatch(/^vt_/);
  await visitor.close();
});

test('a returning visitor is connected without opening the widget, and the launcher counts what is unread', async () => {
  const { visitor, page, conversation } = await writtenBy('please answer later');
  await page.launcher.click();
  await page.goto(host.origin);
  await eventually(() => {
    expect(page.sockets.length).toBeGreaterThan(1);
  });
  const { id } = await agent.reply(conversation.id, 'Here is the answer.');
  await eventually(async () => {
    expect(await page.launcher.getAttribute('aria-label')).toBe('Open chat, 1 unread');
  });
  const delivery = async () =>
    (await agent.thread(conversation.id)).timeline.flatMap((node) =>
      node.__typename === 'Message' && node.id === id ? [node.delivery?.state] : [],
    );
  expect(await delivery()).not.toEqual(['SEEN']);

  await page.open();
  await page.shows(['please answer later', 'Here is the answer.']);
  await eventually(async () => {
    expect(await delivery()).toEqual(['SEEN']);
  });
  expect(await page.launcher.getAttribute('aria-label')).toBe('Close chat');
  await visitor.close();
});

test('two tabs of one browser stay in step, also when the second was open before the first message', async () => {
  const visitor = await newVisitor(browser);
  const tabs = [await visitor.visit(host.origin), await visitor.visit(host.origin)] as const;
  for (const tab of tabs) await tab.open();
  await tabs[0].write('from tab one');
  for (const tab of tabs) await tab.shows(['from tab one']);
  await tabs[1].write('from tab two');
  await tabs[1].allSent();
  const conversation = await conversationWith('from tab two');
  await agent.reply(conversation.id, 'to both');
  for (const tab of tabs) await tab.shows(['from tab one', 'from tab two', 'to both']);
  expect(await storedTexts(conversation.id)).toEqual(['from tab one', 'from tab two', 'to both']);
  await visitor.close();
});

test('messages written while the gateway is dead survive the reload and the restart, once each and in order', async () => {
  const { visitor, page, conversation } = await writtenBy('before the crash');
  const gateway = stack.services['chat-gateway'][0];
  await gateway?.kill();
  await page.write('one, while it is down');
  await page.write('two, while it is down');
  await eventually(async () => {
    expect(await page.log.getByText('Waiting for the connection').count()).toBe(2);
  });
  await page.page.close();
  await gateway?.restart();

  const after = await visitor.visit(host.origin);
  const texts = ['before the crash', 'one, while it is down', 'two, while it is down'];
  // Nobody opened the widget: the loader found unsent messages and connected at idle.
  await eventually(async () => {
    expect(await storedTexts(conversation.id)).toEqual(texts);
  });

  await after.open();
  await after.shows(texts);
  await gateway?.kill();
  await after.write('three, without a reload');
  await gateway?.restart();
  await eventually(
    async () => {
      expect(await storedTexts(conversation.id)).toEqual([...texts, 'three, without a reload']);
    },
    { timeoutMs: 20_000 },
  );
  await after.allSent();
  await visitor.close();
}, 120_000);

test('a first message whose ack was lost with the gateway makes neither a second visitor nor a second message', async () => {
  const visitor = await newVisitor(browser);
  const page = await visitor.visit(host.origin);
  await page.open();
  await page.field.fill('my very first message');
  const gateway = stack.services['chat-gateway'][0];
  await eventually(() => {
    expect(page.sockets).toHaveLength(1);
  });
  await Promise.all([page.field.press('Enter'), gateway?.kill()]);
  await gateway?.restart();
  await page.page.reload();
  await conversationWith('my very first message');
  await page.allSent();
  const all = await agent.inbox({ status: null });
  expect(all.filter(({ lastMessage }) => lastMessage?.text === 'my very first message')).toHaveLength(1);
  await visitor.close();
}, 120_000);

test('a text that was not sent yet is still in the field on the next page', async () => {
  const { visitor, page } = await writtenBy('begun here');
  await page.field.fill('half a sent');
  await page.goto(`${host.origin}/other`);
  expect(await page.field.inputValue()).toBe('half a sent');
  await visitor.close();
});

test('where no WebSocket gets through, messages travel over HTTP both ways', async () => {
  const visitor = await newVisitor(browser);
  await visitor.context.addInitScript(() => {
    // What a proxy that does not know the upgrade leaves of a socket.
    class Blocked extends EventTarget {
      onclose: ((event: { code: number }) => void) | null = null;
      constructor() {
        super();
        setTimeout(() => this.onclose?.({ code: 1006 }), 10);
      }
      close() {
        this.onclose = null;
      }
    }
    Object.defineProperty(window, 'WebSocket', { value: Blocked });
  });
  const page = await visitor.visit(host.origin);
  await page.open();
  await page.write('over plain HTTP');
  const conversation = await conversationWith('over plain HTTP');
  await page.allSent();
  await agent.reply(conversation.id, 'answered by long-poll');
  await page.shows(['over plain HTTP', 'answered by long-poll']);
  await page.page.reload();
  await page.shows(['over plain HTTP', 'answered by long-poll']);
  await page.write('and again');
  await page.allSent();
  expect(await storedTexts(conversation.id)).toEqual(['over plain HTTP', 'answered by long-poll', 'and again']);
  await visitor.close();
}, 60_000);

test('older messages load when the visitor scrolls up, and the place stays', async () => {
  const { visitor, page, conversation } = await writtenBy('number 0');
  const token = await page.storedToken();
  const writer = stack.widget({ token: token ?? '', origin: host.origin, inFlight: 50 });
  await writer.connect();
  const numbers = Array.from({ length: 260 }, (_, index) => `number ${String(index + 1)}`);
  await Promise.all(numbers.map((text) => writer.acked(writer.send(text), { timeoutMs: 60_000 })));
  await writer.close();
  await conversationWith('number 260');

  await page.page.reload();
  await eventually(async () => {
    expect((await page.bubbles()).at(-1)).toBe('number 260');
  });
  expect((await page.bubbles()).length).toBeLessThan(261);
  for (;;) {
    const before = await page.bubbles();
    if (before.length >= 261) break;
    await page.log.evaluate((element) => {
      element.scrollTop = 0;
    });
    await eventually(async () => {
      expect((await page.bubbles()).length).toBeGreaterThan(before.length);
    });
    const first = await page.log.getByText(before[0] ?? '', { exact: true }).boundingBox();
    const log = await page.log.boundingBox();
    expect(Math.abs((first?.y ?? 0) - (log?.y ?? 0))).toBeLessThan(120);
  }
  expect(await page.bubbles()).toEqual(await storedTexts(conversation.id));
  expect(await page.bubbles()).toEqual(['number 0', ...numbers]);
  await visitor.close();
}, 120_000);

test('the page in French shows the widget in French', async () => {
  const { visitor, page } = await writtenBy('Avez-vous la taille 41 ?', { locale: 'fr-FR' }, '/?lang=fr');
  expect(await page.launcher.getAttribute('aria-label')).toBe('Fermer la discussion');
  await page.widget.getByRole('heading', { name: 'Discutez avec nous' }).waitFor();
  expect(await page.field.getAttribute('placeholder')).toBe('Écrivez un message…');
  await page.log.getByText('Aujourd’hui').waitFor();
  expect(await page.widget.locator('html').getAttribute('lang')).toBe('fr-FR');
  await visitor.close();

  const demo = await newVisitor(browser);
  const shop = await demo.visit(`${chatUrl}/demo?lang=fr`);
  expect(await shop.launcher.getAttribute('aria-label')).toBe('Ouvrir la discussion');
  await demo.close();
});

test('everything works by keyboard: open, write, send, new line, close, and the focus returns', async () => {
  const visitor = await newVisitor(browser);
  const page = await visitor.visit(host.origin);
  const { keyboard } = page.page;
  const launcherHasFocus = () => page.launcher.evaluate((button) => button.matches(':focus'));
  while (!(await launcherHasFocus())) await keyboard.press('Tab');
  expect(await page.launcher.getAttribute('aria-expanded')).toBe('false');
  await keyboard.press('Enter');
  await eventually(async () => {
    expect(await page.field.evaluate((field) => field.matches(':focus'))).toBe(true);
  });
  expect(await page.launcher.getAttribute('aria-expanded')).toBe('true');

  await keyboard.type('line one');
  await keyboard.press('Shift+Enter');
  await keyboard.type('line two');
  await keyboard.press('Enter');
  await page.shows(['line one\nline two']);
  await page.allSent();
  expect(await page.field.inputValue()).toBe('');

  await keyboard.press('Escape');
  await eventually(async () => {
    expect(await launcherHasFocus()).toBe(true);
  });
  expect(await page.launcher.getAttribute('aria-expanded')).toBe('false');
  await page.page.locator('conversations-widget iframe').waitFor({ state: 'hidden' });

  await keyboard.press('Space');
  await eventually(async () => {
    expect(await page.field.evaluate((field) => field.matches(':focus'))).toBe(true);
  });
  await visitor.close();
});

test('Enter that takes a composed word does not send', async () => {
  const { visitor, page } = await writtenBy('now in Japanese');
  await page.field.fill('にほんご');
  await page.field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await page.field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
  expect(await page.field.inputValue()).toBe('にほんご');
  await page.field.press('Enter');
  await page.shows(['now in Japanese', 'にほんご']);
  await visitor.close();
});

test('a text past the limit shows how much is too many and is not sent', async () => {
  const { visitor, page } = await writtenBy('short');
  await page.field.fill('x'.repeat(4_600));
  await page.widget.getByText('400 characters left').waitFor();
  await page.field.fill('x'.repeat(5_003));
  await page.widget.getByText('3 characters too many').waitFor();
  await page.field.press('Enter');
  expect(await page.bubbles()).toEqual(['short']);
  expect(await page.field.inputValue()).toHaveLength(5_003);
  await visitor.close();
});

test('hostile text stays text inside its bubble, and only http(s) addresses are links', async () => {
  const { visitor, page, conversation } = await writtenBy('try me');
  const hostile = [
    '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script> javascript:alert(1)',
    'see \u202Ehttps://shop.example/gpj.exe\u200B and https://shop.example/ok.',
    `Z${'\u0335\u0301'.repeat(400)}algo ${'W'.repeat(900)}`,
    '😀'.repeat(2_400),
  ];
  for (const text of hostile) await agent.reply(conversation.id, text);
  await page.shows(['try me', ...hostile]);
  expect(await page.log.locator('img, script, iframe').count()).toBe(0);
  expect(await page.page.title()).toBe('Shoes');
  const links = page.log.getByRole('link');
  expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
    'https://shop.example/gpj.exe',
    'https://shop.example/ok',
  ]);
  expect(await links.first().getAttribute('rel')).toBe('noopener noreferrer nofollow');
  expect(await links.first().getAttribute('target')).toBe('_blank');
  const overflow = await page.log.evaluate((log) => log.scrollWidth - log.clientWidth);
  expect(overflow).toBe(0);
  await visitor.close();
});

test('a strict policy of the host page hinders nothing, and opening the widget moves nothing in the page', async () => {
  const visitor = await newVisitor(browser);
  await visitor.context.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    addEventListener('securitypolicyviolation', (event) => seen.push(`policy ${event.violatedDirective}`));
    // A gateway that lets the visitor wait for 2 s is told of in a line, which moves what is below it.
    let slow = false;
    new MutationObserver(() => {
      slow ||= document.querySelector('.state .line') !== null;
    }).observe(document, { attributes: true, childList: true, subtree: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!slow) seen.push(`shift ${JSON.stringify(entry)}`);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const page = await visitor.visit(`${host.origin}/?color=%23ffd400`);
  const before = await page.page.locator('main').boundingBox();
  await page.open();
  // A message that is older than the connection says so at first, in words of another length.
  await page.widget.getByRole('button', { name: 'Attach files' }).waitFor();
  await page.write('policy test');
  await page.allSent();
  await page.launcher.click();
  expect(await page.page.locator('main').boundingBox()).toEqual(before);
  for (const frame of page.page.frames()) expect(await frame.evaluate('window.seen')).toEqual([]);
  expect(page.problems).toEqual([]);
  expect(await page.launcher.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(255, 212, 0)');
  await visitor.close();
});

test('the agent sees which page the visitor is on, also when the page changes without a load', async () => {
  const { visitor, page, conversation } = await writtenBy('where am I?');
  const currentPage = async () => {
    const { conversation: found } = await agent.request<{
      conversation: { visitor: { currentPage: { url: string } | null } | null } | null;
    }>('query Page($id: ID!) { conversation(id: $id) { visitor { currentPage { url } } } }', { id: conversation.id });
    return found?.visitor?.currentPage?.url;
  };
  await eventually(async () => {
    expect(await currentPage()).toBe(`${host.origin}/`);
  });
  await page.page.evaluate(() => {
    history.pushState(null, '', '/checkout?step=2#pay');
  });
  await eventually(async () => {
    expect(await currentPage()).toBe(`${host.origin}/checkout?step=2`);
  });
  await visitor.close();
});

test('the visitor sees that an agent writes, until the answer is there', async () => {
  const { visitor, page, conversation } = await writtenBy('anybody there?');
  await agent.request('mutation Writing($input: AgentActivityInput!) { setAgentActivity(input: $input) }', {
    input: { conversationId: conversation.id, writing: true },
  });
  await page.log.getByText(/^Amélie.* is writing…$/).waitFor();
  await agent.reply(conversation.id, 'Yes!');
  await page.shows(['anybody there?', 'Yes!']);
  expect(await page.log.getByText('is writing…').count()).toBe(0);
  await visitor.close();
});

describe('on a narrow screen', () => {
  test('the open widget fills the screen, closes, and does not cover the next page', async () => {
    const { visitor, page } = await writtenBy('from a phone', { viewport: { width: 390, height: 760 } });
    const frame = page.page.locator('conversations-widget iframe');
    await eventually(async () => {
      expect(await frame.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 760 });
    });
    await page.launcher.waitFor({ state: 'hidden' });
    await page.goto(`${host.origin}/next`);
    expect(await page.launcher.isVisible()).toBe(true);
    await page.open();
    await page.widget.getByRole('button', { name: 'Close chat' }).click();
    await page.launcher.waitFor({ state: 'visible' });
    await visitor.close();
  });
});

describe('axe finds nothing', () => {
  const filled = async (page: VisitorPage, conversationId: string) => {
    await agent.reply(conversationId, 'See https://shop.example/help for the sizes.');
    await page.log.getByRole('link').waitFor();
    await agent.open(conversationId);
    await agent.complete(conversationId);
    await page.log.getByText(/rouvrir|open it/).waitFor();
    await page.field.fill('x'.repeat(4_900));
  };
  test.each([
    ['light', 'en'],
    ['light', 'fr'],
    ['dark', 'en'],
    ['dark', 'fr'],
  ] as const)('%s, %s', async (colorScheme, lang) => {
    const { visitor, page, conversation } = await writtenBy(
      `axe ${colorScheme} ${lang}`,
      { colorScheme, reducedMotion: 'reduce' },
      `/?lang=${lang}`,
    );
    await filled(page, conversation.id);
    expect(await page.axe()).toEqual([]);
    await visitor.context.setOffline(true);
    await page.widget.getByText(/You are offline|Vous êtes hors ligne/).waitFor();
    await page.field.fill('written offline');
    await page.field.press('Enter');
    expect(await page.axe()).toEqual([]);
    await visitor.close();

    const stranger = await newVisitor(browser, { colorScheme, reducedMotion: 'reduce' });
    const empty = await stranger.visit(`${host.origin}/?lang=${lang}`);
    await empty.open();
    expect(await empty.axe()).toEqual([]);
    await stranger.close();
  });
});
