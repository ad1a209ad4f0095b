import {
  type AgentClient,
  eventually,
  signIdentity,
  type Stack,
  startBrowser,
  startStack,
  type WidgetClient,
} from '@conversations/testing';
import type { Browser } from 'playwright-core';
import { agentBrowser, type AgentBrowserOptions, type AgentScreen } from './agent-browser';

let stack: Stack;
let browser: Browser;
let agent: AgentClient;
const ends: (() => Promise<unknown>)[] = [];
const screens: AgentScreen[] = [];

beforeAll(async () => {
  stack = await startStack({ env: { EMAIL_CHANNEL: 'on', CHAT_OFFLINE_GRACE_SECONDS: '1' } });
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
  agent = await stack.signIn('tom');
  ends.push(() => agent.close());
}, 120_000);

afterEach(async () => {
  for (const screen of screens.splice(0)) await screen.close();
});

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

/** A visitor on the site who wrote this, and whose address the site knows when one is given. */
async function visitor(text: string, email?: string): Promise<{ id: string; widget: WidgetClient }> {
  const widget = stack.widget();
  await widget.connect();
  await widget.write(text);
  const { id } = await eventually(async () => {
    const found = (await agent.inbox()).find(({ lastMessage }) => lastMessage?.text === text);
    if (found === undefined) throw new Error(`no conversation with "${text}"`);
    return found;
  });
  if (email !== undefined) {
    widget.transmit({ t: 'identify', jwt: signIdentity(stack.installation, { name: 'Tom Okafor', email }) });
    await eventually(async () => expect((await agent.thread(id)).conversation.title).toBe('Tom Okafor'));
  }
  return { id, widget };
}

async function open(id: string, options?: AgentBrowserOptions): Promise<AgentScreen> {
  const screen = await agentBrowser(browser, stack, options);
  screens.push(screen);
  await screen.page.goto(`/inbox/${id}`);
  await screen.reply.waitFor();
  // The composer may be there before the messages.
  await screen.log.waitFor();
  return screen;
}

const replies = async (id: string) =>
  (await agent.thread(id)).timeline.flatMap((node) =>
    'direction' in node && node.direction === 'OUTBOUND' ? [{ text: node.text, channel: node.channel }] : [],
  );
const channelOf = (screen: AgentScreen) => screen.page.getByRole('combobox', { name: 'Channel of the reply' });

test('a draft survives another conversation and a reload, and stays with its own', async () => {
  const first = await visitor('First question');
  const second = await visitor('Second question');
  const screen = await open(first.id);
  await screen.reply.fill('For the first');
  await screen.row(second.id).click();
  await eventually(async () => expect(await screen.reply.inputValue()).toBe(''));
  await screen.reply.fill('For the second');
  await screen.row(first.id).click();
  await eventually(async () => expect(await screen.reply.inputValue()).toBe('For the first'));
  await screen.page.reload();
  await eventually(async () => expect(await screen.reply.inputValue()).toBe('For the first'));
  await screen.press('Control+Enter');
  await eventually(async () =>
    expect(await replies(first.id)).toEqual([{ text: 'For the first', channel: 'WEB_CHAT' }]),
  );
  expect(await screen.reply.inputValue()).toBe('');
  await screen.row(second.id).click();
  await eventually(async () => expect(await screen.reply.inputValue()).toBe('For the second'));
  expect(await replies(second.id)).toEqual([]);
});

test('a visitor who leaves does not move a written reply: the composer asks, also after a reload', async () => {
  const { id, widget } = await visitor('Are you there?', 'tom@okafor.test');
  const screen = await open(id);
  const { page } = screen;
  await eventually(async () => expect(await channelOf(screen).innerText()).toContain('Web Chat'));
  await page.getByText(/, online now$/).waitFor();
  await screen.reply.fill('Yes, one moment');
  await widget.close();
  const question = page.getByText(/went offline: send by email instead\?$/);
  await question.waitFor();
  expect(await channelOf(screen).innerText()).toContain('Web Chat');
  expect(await screen.axe()).toEqual([]);
  await page.reload();
  await question.waitFor();
  expect(await channelOf(screen).innerText()).toContain('Web Chat');
  await page.getByRole('button', { name: 'Keep Web Chat' }).click();
  await question.waitFor({ state: 'detached' });
  await screen.reply.fill('');
  await screen.reply.fill('Yes, by email');
  await page.keyboard.press('Alt+Digit2');
  await eventually(async () => expect(await channelOf(screen).innerText()).toContain('Email'));
  await page.getByText('to tom@okafor.test').waitFor();
  await screen.press('Control+Enter');
  await eventually(async () => expect(await replies(id)).toEqual([{ text: 'Yes, by email', channel: 'EMAIL' }]));
});

test('a reply sent without a connection goes out once it is back, exactly once', async () => {
  const { id, widget } = await visitor('Do you ship to Réunion?');
  const screen = await open(id);
  await screen.page.context().setOffline(true);
  await screen.reply.fill('Yes, within 9 days');
  await screen.press('Control+Enter');
  await screen.log.getByText('Yes, within 9 days').waitFor();
  expect(await screen.reply.inputValue()).toBe('');
  expect(await replies(id)).toEqual([]);
  await screen.page.context().setOffline(false);
  await eventually(async () => expect(await replies(id)).toHaveLength(1));
  await eventually(() => expect([...widget.messages.values()].map(({ text }) => text)).toContain('Yes, within 9 days'));
  await screen.page.reload();
  await screen.log.getByText('Yes, within 9 days').waitFor();
  expect(await replies(id)).toEqual([{ text: 'Yes, within 9 days', channel: 'WEB_CHAT' }]);
  await widget.close();
});

test('saved responses are found and inserted by keyboard, several in one reply, and undone', async () => {
  const admin = await stack.signIn('admin');
  const create = `mutation ($input: CreateSavedResponseInput!) {
    createSavedResponse(input: $input) { errors { code } }
  }`;
  for (const [title, body] of [
    ['Greeting', 'Hello! How can I help?'],
    ['Délai', 'Nous livrons en 6 à 9 jours.'],
  ])
    await admin.request(create, { input: { title, body } });
  const { id } = await visitor('Bonjour');
  const screen = await open(id);
  await screen.reply.click();
  await screen.page.keyboard.type('Hi,\n/');
  const search = screen.page.getByRole('combobox', { name: 'Search saved responses' });
  await search.waitFor();
  await screen.page.getByRole('option', { name: 'Greeting' }).waitFor();
  expect(await screen.axe()).toEqual([]);
  await screen.page.keyboard.type('greet');
  await screen.press('Enter');
  await eventually(async () => expect(await screen.reply.inputValue()).toBe('Hi,\nHello! How can I help?'));
  await screen.focusIs('composer');
  await screen.press('Control+k');
  await search.waitFor();
  await screen.page.keyboard.type('delai');
  await screen.press('Enter');
  const both = 'Hi,\nHello! How can I help?Nous livrons en 6 à 9 jours.';
  await eventually(async () => expect(await screen.reply.inputValue()).toBe(both));
  await screen.press('Control+z');
  expect(await screen.reply.inputValue()).toBe('Hi,\nHello! How can I help?');
  await screen.press('Control+k');
  await search.waitFor();
  await screen.press('Escape');
  await search.waitFor({ state: 'detached' });
  await screen.focusIs('composer');
});

test('a saved response comes with its tags filled in, and what cannot be filled in is marked, kept here and mended', async () => {
  const admin = await stack.signIn('admin');
  await admin.request(
    'mutation ($input: CreateSavedResponseInput!) { createSavedResponse(input: $input) { errors { code } } }',
    {
      input: {
        title: 'By name',
        body: 'Hi {{contact.firstName|there}} of {{contact.company}}, {{agent.firstName}} here',
      },
    },
  );
  const { id } = await visitor('Who am I?', 'tags@okafor.test');
  const screen = await open(id, { colorScheme: 'dark' });
  const { page, reply } = screen;
  await reply.click();
  await screen.press('Control+k');
  await page.getByRole('option', { name: 'By name' }).waitFor();
  await page.keyboard.type('by name');
  await screen.press('Enter');
  await eventually(async () => expect(await reply.inputValue()).toBe('Hi Tom of {{contact.company}}, Amélie here'));
  const mark = page.getByRole('button', { name: 'Select in the text: {{contact.company}}' });
  await mark.waitFor();
  expect(await screen.axe()).toEqual([]);
  await screen.press('Control+Enter');
  await page.getByText('Mend the marked tags first.').waitFor();
  await mark.click();
  await screen.focusIs('composer');
  await page.keyboard.type('Acme');
  await mark.waitFor({ state: 'detached' });
  await screen.press('Control+Enter');
  await screen.log.getByText('Hi Tom of Acme, Amélie here').waitFor();

  // Typed and sent at once: the bubble shows what goes out, and a misspelt tag stays here.
  await page.keyboard.type('Bye {{contact.name}}');
  await screen.press('Control+Enter');
  await screen.log.getByText('Bye Tom Okafor').waitFor();
  await page.keyboard.type('{{contact.frstName}} {{user.id}} {{ code }}');
  await screen.press('Control+Enter');
  await page.getByRole('button', { name: 'Use {{contact.firstName}}' }).click();
  await page.getByRole('button', { name: 'Send it as text' }).click();
  await eventually(async () => expect(await reply.inputValue()).toBe('{{contact.firstName}} \\{{user.id}} {{ code }}'));
  await screen.press('Control+Enter');
  await screen.log.getByText('Tom {{user.id}} {{ code }}').waitFor();
  await eventually(async () =>
    expect((await replies(id)).map(({ text }) => text)).toEqual([
      'Hi Tom of Acme, Amélie here',
      'Bye Tom Okafor',
      'Tom {{user.id}} {{ code }}',
    ]),
  );
});

test('files are added, shown with what is wrong with them, and go with the message in their order', async () => {
  const { id } = await visitor('Can you send the manual?');
  const screen = await open(id);
  const { page } = screen;
  const file = (name: string, size: number) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(size, 'a') });
  await page.setInputFiles('input[type=file]', [file('one.txt', 5), file('empty.txt', 0), file('two.txt', 300_000)]);
  await page.getByText('The file is empty.').waitFor();
  await screen.reply.click();
  await screen.press('Control+Enter');
  await page.getByText('Remove the files that could not be uploaded, or try them again.').waitFor();
  expect(await screen.axe()).toEqual([]);
  expect(await replies(id)).toEqual([]);
  await page.getByRole('button', { name: 'Remove empty.txt' }).click();
  await screen.reply.click();
  await screen.press('Control+Enter');
  await eventually(async () => {
    const { node } = await agent.request<{ node: { lastMessage: { attachments: { filename: string }[] } } }>(
      'query ($id: ID!) { node(id: $id) { ... on Conversation { lastMessage { attachments { filename } } } } }',
      { id },
    );
    expect(node.lastMessage.attachments.map(({ filename }) => filename)).toEqual(['one.txt', 'two.txt']);
  });
  await page.getByRole('list', { name: 'Files of this reply' }).waitFor({ state: 'detached' });
});

test('a reply waits for its upload, says so, and goes by itself, also from another conversation', async () => {
  const { id } = await visitor('The log, please');
  const other = await visitor('Something else');
  const screen = await open(id);
  const { page } = screen;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/uploads', async (route) => {
    await released;
    await route.continue();
  });
  const transfer = await page.evaluateHandle(() => {
    const dropped = new DataTransfer();
    dropped.items.add(new File(['all lines'], 'app.log', { type: 'text/plain' }));
    return dropped;
  });
  const place = { dataTransfer: transfer, clientX: 700, clientY: 300 };
  await screen.log.dispatchEvent('dragover', place);
  await page.getByText('Drop files here to add them to your reply').waitFor();
  await screen.log.dispatchEvent('drop', place);
  await page.getByRole('progressbar').waitFor();
  await screen.reply.fill('Here it is');
  await screen.press('Control+Enter');
  await page.getByText('Sends after the upload…').waitFor();
  expect(await screen.axe()).toEqual([]);
  await page.getByRole('button', { name: 'Do not send yet' }).click();
  expect(await screen.reply.inputValue()).toBe('Here it is');
  await screen.reply.click();
  await screen.press('Control+Enter');
  await screen.row(other.id).click();
  await eventually(async () => expect(await screen.reply.inputValue()).toBe(''));
  expect(await replies(id)).toEqual([]);
  release();
  await eventually(async () => expect(await replies(id)).toEqual([{ text: 'Here it is', channel: 'WEB_CHAT' }]));
  expect(await replies(other.id)).toEqual([]);
});

test('what is written in another tab while a reply waits for its upload stays in the box', async () => {
  const { id } = await visitor('The other log, please');
  const screen = await open(id);
  const { page } = screen;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/uploads', async (route) => {
    await released;
    await route.continue();
  });
  await page.setInputFiles('input[type=file]', [
    { name: 'other.log', mimeType: 'text/plain', buffer: Buffer.from('all lines') },
  ]);
  await screen.reply.fill('Here it is');
  await screen.press('Control+Enter');
  await page.getByText('Sends after the upload…').waitFor();
  const tab = await page.context().newPage();
  await tab.goto(`/inbox/${id}`);
  const other = tab.locator('[data-pane=composer] textarea');
  await eventually(async () => expect(await other.inputValue()).toBe('Here it is'));
  await other.fill('Here it is. Tell me if it helps');
  await eventually(async () => expect(await screen.reply.inputValue()).toBe('Here it is. Tell me if it helps'));
  release();
  await eventually(async () => expect(await replies(id)).toEqual([{ text: 'Here it is', channel: 'WEB_CHAT' }]));
  for (const box of [screen.reply, other])
    await eventually(async () => expect(await box.inputValue()).toBe('. Tell me if it helps'));
  await page.reload();
  await eventually(async () => expect(await screen.reply.inputValue()).toBe('. Tell me if it helps'));
});

test('a customer whom the site knows leaves: the address is offered, and takes the reply only when the agent says so', async () => {
  const { id, widget } = await visitor('Is it still in stock?');
  widget.transmit({
    t: 'identify',
    jwt: signIdentity(stack.installation, { name: 'Ann Keller', email: 'ann@keller.test' }),
  });
  const screen = await open(id);
  const { page } = screen;
  await page.getByText('to Ann Keller, online now').waitFor();
  await screen.reply.fill('Yes, three of them');
  await widget.close();
  await page.getByText('Ann went offline: send by email instead?').waitFor();
  await page.getByText('to Ann Keller, offline').waitFor();
  expect(await channelOf(screen).innerText()).toContain('Web Chat');
  expect(await screen.reply.inputValue()).toBe('Yes, three of them');
  await page.getByRole('button', { name: 'Send by Email' }).click();
  await page.getByText('to ann@keller.test', { exact: true }).waitFor();
  expect(await page.getByText(/^Address not verified/).count()).toBe(0);
  expect(await replies(id)).toEqual([]);
  await screen.reply.press('Control+Enter');
  await eventually(async () => expect(await replies(id)).toEqual([{ text: 'Yes, three of them', channel: 'EMAIL' }]));
});

test('a viewer is told who may answer', async () => {
  const { id } = await visitor('Is anybody there?');
  const screen = await agentBrowser(browser, stack, { agent: 'vera' });
  screens.push(screen);
  await screen.page.goto(`/inbox/${id}`);
  await screen.page.getByText('Agents and admins may answer.').waitFor();
  expect(await screen.reply.count()).toBe(0);
});

test('the composer is accessible in both themes, in French and on a narrow screen', async () => {
  const { id } = await visitor('Bonjour, une question');
  const dark = await open(id, { colorScheme: 'dark', locale: 'fr-FR', width: 400, height: 800 });
  await dark.page.getByText(/, en ligne$/).waitFor();
  expect(await dark.axe()).toEqual([]);
  expect(dark.problems).toEqual([]);
});
