import {
  type AgentClient,
  eventually,
  type Stack,
  startBrowser,
  startStack,
  type WidgetClient,
} from '@conversations/testing';
import type { Browser } from 'playwright-core';
import { agentBrowser, type AgentBrowserOptions, type AgentScreen } from './agent-browser';

jest.setTimeout(120_000);

let stack: Stack;
let browser: Browser;
let agent: AgentClient;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stack = await startStack();
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
  agent = await stack.signIn('tom');
  ends.push(() => agent.close());
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

afterEach(async () => {
  for (const { id } of await agent.inbox()) await agent.complete(id);
});

/** A visitor on the site who wrote this. */
async function writtenBy(...texts: string[]): Promise<{ id: string; widget: WidgetClient }> {
  const widget = stack.widget({ page: { url: 'https://shop.test/pricing' }, locale: 'fr' });
  await widget.connect();
  for (const text of texts) await widget.write(text);
  const { id } = await eventually(async () => {
    const found = (await agent.inbox()).find(({ lastMessage }) => lastMessage?.text === texts.at(-1));
    if (found === undefined) throw new Error(`no conversation with "${texts.at(-1) ?? ''}"`);
    return found;
  });
  return { id, widget };
}

async function screen(path: string, options?: AgentBrowserOptions): Promise<AgentScreen> {
  const opened = await agentBrowser(browser, stack, options);
  await opened.goto(path);
  return opened;
}

const stored = async (id: string) => (await agent.thread(id)).conversation;

test('the inbox is worked by keyboard alone: walk, open, answer, complete, reopen, mark unread, leave', async () => {
  const older = await writtenBy('Where is my parcel?');
  const newer = await writtenBy('Do you ship to Réunion?');
  const view = await screen('/inbox');
  expect(await view.rowIds()).toEqual([newer.id, older.id]);

  await view.press('j');
  await view.focusIs(newer.id);
  await view.press('j');
  await view.focusIs(older.id);
  await view.press('k');
  await view.focusIs(newer.id);
  await view.press('Enter');
  await view.log.getByText('Do you ship to Réunion?').waitFor();
  await view.focusIs('log');
  expect(new URL(view.page.url()).pathname).toBe(`/inbox/${newer.id}`);
  expect(await view.row(newer.id).getAttribute('aria-current')).toBe('page');

  await view.press('Enter');
  await view.focusIs('composer');
  await view.page.keyboard.type('Yes, je expédie partout. e j k');
  await view.press('Control+Enter');
  await view.log.getByText('Yes, je expédie partout. e j k').waitFor();
  await eventually(() => expect(newer.widget.thread.at(-1)?.text).toBe('Yes, je expédie partout. e j k'));

  await view.press('Escape');
  await view.focusIs('log');
  await view.press('e');
  await view.page.getByRole('button', { name: 'Reopen' }).waitFor();
  await eventually(async () => expect((await stored(newer.id)).status).toBe('COMPLETED'));
  await view.press('Shift+E');
  await view.page.getByRole('button', { name: 'Complete', exact: true }).waitFor();
  await eventually(async () => expect((await stored(newer.id)).status).toBe('OPEN'));

  await view.press('Shift+U');
  await view.row(newer.id).getByText('Unread').waitFor({ state: 'attached' });
  await eventually(async () => expect((await stored(newer.id)).unread).toBe(true));

  await view.press('Escape');
  await view.focusIs(newer.id);
  await view.press('j');
  await view.focusIs(older.id);
  await view.press('Enter');
  await view.log.getByText('Where is my parcel?').waitFor();
  // "Mark unread" was meant: standing on the screen did not make it Read again.
  expect((await stored(newer.id)).unread).toBe(true);
  await view.press('Escape');
  await view.press('Escape');
  await eventually(() => expect(new URL(view.page.url()).pathname).toBe('/inbox'));
  expect(view.problems).toEqual([]);
  await view.close();
});

test('a conversation becomes Read when it was looked at, completed with a check, and open and unread by a new message', async () => {
  const { id, widget } = await writtenBy('Hello?');
  const view = await screen('/inbox');
  await view.row(id).getByText('Unread').waitFor({ state: 'attached' });
  await view.row(id).click();
  await view.log.getByText('Read by Amélie').waitFor();
  expect(await view.row(id).getByText('Unread').count()).toBe(0);
  // Reading answers nobody.
  expect(await view.row(id).getByRole('img', { name: 'Waiting for a reply' }).count()).toBe(1);
  await eventually(async () => expect((await stored(id)).unread).toBe(false));

  await view.page.getByRole('button', { name: 'Complete', exact: true }).click();
  await view.row(id).getByRole('img', { name: 'Completed' }).waitFor();
  await view.log.getByText(/^Completed by Amélie .* at \d\d:\d\d$/).waitFor();

  await widget.write('One more thing');
  await view.log.getByText(/ · Opened again by Visitor .*’s message$/).waitFor();
  await view.log.getByText('One more thing').waitFor();
  await eventually(async () => expect(await view.row(id).getByRole('img', { name: 'Completed' }).count()).toBe(0));
  await view.close();
});

test('rows stay where they are while the pointer is on the list, and a button shows what is new', async () => {
  const first = await writtenBy('first');
  const view = await screen('/inbox');
  await view.row(first.id).hover();
  const second = await writtenBy('second');
  const button = view.page.getByRole('button', { name: 'Show 1 new conversation' });
  await button.waitFor();
  expect((await view.rowIds())[0]).toBe(first.id);
  await button.click();
  await eventually(async () => expect(await view.rowIds()).toEqual([second.id, first.id]));
  await view.close();
});

test('search marks what it found, filters stand in the address, and the open conversation survives both', async () => {
  const refund = await writtenBy('Is the annual plan refundable?');
  await writtenBy('Something else');
  const view = await screen(`/inbox/${refund.id}`);
  await view.log.getByText('Is the annual plan refundable?').waitFor();
  await view.press('/');
  await view.page.keyboard.type('else');
  await view.list.locator('mark', { hasText: 'else' }).waitFor();
  expect(new URL(view.page.url()).search).toBe('?q=else');
  expect(await view.log.getByText('Is the annual plan refundable?').count()).toBe(1);

  await view.page.keyboard.type('where');
  await view.list.getByText('No open conversation matches: “elsewhere”').waitFor();
  await view.list.getByRole('button', { name: 'Clear filters' }).click();
  await view.row(refund.id).waitFor();
  expect(await view.page.getByRole('searchbox').inputValue()).toBe('');

  await view.list.getByRole('button', { name: 'Filters' }).click();
  await view.page.getByRole('menuitemcheckbox', { name: 'Mine' }).click();
  await eventually(() => expect(new URL(view.page.url()).search).toMatch(/^\?assigned=agt_/));
  await view.page.goBack();
  await eventually(() => expect(new URL(view.page.url()).search).toBe(''));
  await view.row(refund.id).waitFor();
  expect(await view.log.getByText('Is the annual plan refundable?').count()).toBe(1);
  await view.close();
});

test('a link opens its conversation, back and forward go through what was open, and an unknown one says so', async () => {
  const one = await writtenBy('number one');
  const two = await writtenBy('number two');
  const view = await screen(`/inbox/${one.id}?unread=yes`);
  await view.log.getByText('number one').waitFor();
  await view.list.getByRole('button', { name: 'Remove the filter Unread' }).waitFor();
  await view.row(two.id).click();
  await view.log.getByText('number two').waitFor();
  await view.page.goBack();
  await view.log.getByText('number one').waitFor();
  await view.page.goForward();
  await view.log.getByText('number two').waitFor();
  await view.page.goto('/inbox/cnv_00000000000000000000000000000000');
  await view.page.getByText('There is no such conversation').waitFor();
  await view.close();
});

test('a long thread opens at the first unread message, loads older ones without a jump, and says what is new below', async () => {
  const texts = Array.from({ length: 90 }, (_, index) => `message ${String(index)}`);
  const { id, widget } = await writtenBy('message 0');
  await agent.reply(id, 'We look into it.');
  for (const text of texts.slice(1)) await widget.write(text, { timeoutMs: 20_000 });
  await agent.open(id);
  await agent.reply(id, 'Still looking.');
  for (const text of ['unread 1', 'unread 2']) await widget.write(text);
  const view = await screen(`/inbox/${id}`, { height: 700 });
  await view.log.getByText('New messages').waitFor();
  await view.log.getByText('unread 2').waitFor();

  const top = () =>
    view.log.evaluate((log) => {
      const edge = log.getBoundingClientRect().top;
      const shown = [...log.querySelectorAll('article')].find((one) => one.getBoundingClientRect().top > edge);
      return {
        text: shown?.textContent.slice(0, 12),
        at: Math.round((shown?.getBoundingClientRect().top ?? 0) - edge),
      };
    });
  await view.log.hover();
  await eventually(async () => {
    const { text } = await top();
    // A thread that is still being laid out takes no turn of the wheel.
    if (!/^message [67]/.test(text ?? '')) await view.page.mouse.wheel(0, -700);
    expect(text).toMatch(/^message [67]/);
  });
  // The last turn of the wheel may be on its way.
  let last: unknown;
  const settled = await eventually(
    async () => {
      const one = await top();
      const before = last;
      last = one;
      expect(one).toEqual(before);
      return one;
    },
    { everyMs: 250 },
  );
  await widget.write('something new below');
  await view.page.getByRole('button', { name: '1 new message' }).waitFor();
  expect(await top()).toEqual(settled);

  for (let rest = 12; rest > 0; rest--) {
    await view.page.mouse.wheel(0, -2_000);
    await view.log.evaluate((log) => new Promise((drawn) => requestAnimationFrame(() => drawn(log.scrollTop))));
  }
  await eventually(async () => {
    await view.page.mouse.wheel(0, -2_000);
    expect(await view.log.getByText('message 0', { exact: true }).isVisible()).toBe(true);
  });
  await view.page.getByRole('button', { name: '1 new message' }).click();
  await view.log.getByText('something new below').waitFor();
  await view.close();
});

test('French agents work in French', async () => {
  const { id } = await writtenBy('Bonjour');
  const view = await screen(`/inbox/${id}`, { locale: 'fr-FR' });
  await view.page.getByRole('heading', { name: 'Réception' }).waitFor();
  await view.log.getByText('Aujourd’hui').waitFor();
  await view.page.getByRole('button', { name: 'Terminer' }).click();
  await view.log.getByText(/^Terminée par Amélie/).waitFor();
  expect(await view.page.locator('html').getAttribute('lang')).toMatch(/^fr/);
  await view.close();
});

test('a viewer reads everything and is told why nothing can be changed', async () => {
  const { id } = await writtenBy('Who may answer me?');
  const view = await screen(`/inbox/${id}`, { agent: 'vera' });
  await view.log.getByText('Who may answer me?').waitFor();
  const complete = view.page.getByRole('button', { name: 'Complete', exact: true });
  expect(await complete.getAttribute('aria-disabled')).toBe('true');
  expect(await complete.getAttribute('aria-description')).toMatch(/^Your role is Viewer/);
  await complete.click({ force: true });
  await view.press('e');
  const assignee = view.page.getByRole('combobox', { name: /^Assignee: Nobody\. Your role is Viewer/ });
  expect(await assignee.getAttribute('aria-disabled')).toBe('true');
  expect(await stored(id)).toMatchObject({ status: 'OPEN', unread: true });
  await view.close();
});

test('any agent may give a conversation to another, and the thread says from whom to whom', async () => {
  const { id } = await writtenBy('Who is in charge?');
  await agent.reply(id, 'I am.');
  const view = await screen(`/inbox/${id}`);
  await view.page.getByRole('combobox', { name: /^Assignee: Tom/ }).click();
  await view.page.getByPlaceholder('Search agents').fill('Amél');
  await view.page.getByRole('option', { name: 'Amélie' }).waitFor();
  await view.press('Enter');
  await view.log.getByText(/^Amélie .* took over from Tom/).waitFor();
  await eventually(async () => expect((await stored(id)).assignee?.displayName).toMatch(/^Amélie/));
  await view.close();
});

test.each([
  ['en-GB', 'Visitor'],
  ['fr-FR', 'Visiteur'],
])(
  'somebody without a name is called a visitor in the language of the agent, and found so: %s',
  async (locale, word) => {
    const { id, widget } = await writtenBy('Who am I?');
    const view = await screen(`/inbox/${id}`, { locale });
    const called = `${word} ${widget.visitor!.slice(-4).toUpperCase()}`;
    await view.page.getByRole('heading', { name: called }).waitFor();
    await view.log.getByText(called, { exact: true }).waitFor();
    await view.page.getByRole('searchbox').fill(called);
    await eventually(async () => expect(await view.rowIds()).toEqual([id]));
    await view.rows.getByText(called).waitFor();
    await view.close();
  },
);

test.each(
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['en-GB', 'fr-FR'] as const).map((locale) => [colorScheme, locale] as const),
  ),
)('axe finds nothing in inbox and thread: %s, %s', async (colorScheme, locale) => {
  const { id, widget } = await writtenBy('Is https://shop.test/size right?');
  await agent.reply(id, 'It is.');
  await widget.write('And in blue?');
  const view = await screen(`/inbox/${id}`, { colorScheme, locale });
  await view.log.getByText('And in blue?').waitFor();
  expect(await view.axe()).toEqual([]);
  await view.page.setViewportSize({ width: 320, height: 640 });
  await view.page.locator('section header h1').waitFor();
  expect(await view.axe()).toEqual([]);
  expect(await view.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await view.close();
});
