import { type AgentClient, eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import { Client } from 'pg';
import type { Browser, Locator } from 'playwright-core';
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
    env: {
      CHATBOT_DEFAULT_FLOW: 'on',
      CHAT_SITES: JSON.stringify([{ id: 'site_demo', name: 'Shop', origins: [host.origin] }]),
    },
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

const GREETING = 'Hello! Thank you for your message. Somebody from our team will answer here.';
const PROMPT = 'Where can we reach you if you have left by then?';
const THANKS = 'Thank you. We answer as soon as we can, here or by email.';

const conversationOf = (text: string) =>
  eventually(async () => {
    const found = await agent.inbox({ status: null });
    for (const { id } of found) if ((await textsOf(id)).includes(text)) return id;
    throw new Error(`no conversation with "${text}"`);
  });

const textsOf = async (conversationId: string) =>
  (await agent.thread(conversationId)).timeline.flatMap((node) => (node.__typename === 'Message' ? [node.text] : []));

interface Seen {
  contact: { displayName: string; email: string | null } | null;
  replyOptions: { channel: string; available: boolean; recipient: string | null }[];
  timeline: { nodes: { form?: { answers: { label: string; value: string }[] } | null }[] };
}

/** What the agents' screen asks of a conversation. */
const seenByAgent = async (id: string): Promise<Seen> => {
  const document = `query Seen($id: ID!) { conversation(id: $id) { contact { displayName email }
    replyOptions { channel available recipient }
    timeline(last: 50) { nodes { ... on Message { form { answers { label value } } } } } } }`;
  const { conversation } = await agent.request<{ conversation: Seen | null }>(document, { id });
  if (conversation === null) throw new Error('no such conversation');
  return conversation;
};
const emailOption = ({ replyOptions }: Seen) => replyOptions.find(({ channel }) => channel === 'EMAIL');

/** Whether anything shows that the address is its contact's. */
const verified = async (email: string): Promise<boolean | undefined> => {
  const { host: server, port, adminUser: user, adminPassword: password, name } = stack.installation.database;
  const database = new Client({ host: server, port, user, password, database: name });
  await database.connect();
  try {
    const query = 'SELECT email_verified AS verified FROM conversation.contact WHERE email = $1';
    return (await database.query<{ verified: boolean }>(query, [email])).rows[0]?.verified;
  } finally {
    await database.end();
  }
};

/** The form as the visitor has it on the screen. */
const formOf = (page: VisitorPage) => {
  const form = page.log.locator('form');
  return {
    form,
    email: form.getByRole('textbox', { name: 'Email' }),
    name: form.getByRole('textbox', { name: 'Name' }),
    send: form.getByRole('button', { name: 'Send' }),
  };
};
const answered = (page: VisitorPage) => page.log.locator('dl');
const answers = async (page: VisitorPage) =>
  answered(page).evaluateAll((tables) =>
    tables.map((table) => [...table.children].map((row) => [...row.children].map((cell) => cell.textContent))),
  );
const focused = (field: Locator) => field.evaluate((element) => element.matches(':focus'));
const hasFocus = (field: Locator) => eventually(async () => expect(await focused(field)).toBe(true));
/** The error that stands at a field, as it is told to who does not see it. */
const troubleAt = (field: Locator) =>
  field.evaluate((element) => {
    const described = element.getAttribute('aria-describedby');
    const trouble = described === null ? null : document.getElementById(described);
    return element.getAttribute('aria-invalid') === 'true' ? (trouble?.textContent ?? '') : null;
  });
const showsTrouble = (field: Locator, text: string) =>
  eventually(async () => expect(await troubleAt(field)).toBe(text));

/** A visitor who wrote a first message and is asked for an address. */
async function askedAfter(text: string, options: Parameters<typeof newVisitor>[1] = {}, path = '/') {
  const visitor = await newVisitor(browser, options);
  const page = await visitor.visit(host.origin + path);
  await page.open();
  await page.write(text);
  await formOf(page).form.waitFor();
  return { visitor, page, ...formOf(page) };
}

test('a visitor is greeted, leaves an address that the server checks, and agents may write to it', async () => {
  const { visitor, page, form, email, name, send } = await askedAfter('Is the trail boot in stock?');
  await page.shows(['Is the trail boot in stock?', GREETING, PROMPT]);
  expect(await page.log.locator('.meta .bot').last().textContent()).toBe('Bot');
  await page.log.getByText('Assistant (Bot)').first().waitFor({ state: 'attached' });
  expect(await email.getAttribute('autocomplete')).toBe('email');
  expect(await email.getAttribute('type')).toBe('email');
  expect(await email.getAttribute('required')).not.toBeNull();
  expect(await name.getAttribute('required')).toBeNull();

  await send.click();
  await showsTrouble(email, 'Fill this in.');
  await hasFocus(email);
  await email.fill('ann');
  expect(await troubleAt(email)).toBeNull();
  await email.press('Enter');
  await showsTrouble(email, 'Write an address such as ann@example.com.');

  // What a browser takes for an address and the server does not.
  await email.fill('ann@localhost');
  expect(await email.evaluate((input: HTMLInputElement) => input.validity.valid)).toBe(true);
  await name.fill('Ann Okafor');
  await send.click();
  await showsTrouble(email, 'Write an address such as ann@example.com.');
  await hasFocus(email);
  expect(await name.inputValue()).toBe('Ann Okafor');

  // The visitor may go on writing; the form stays as it is.
  await page.write('Size 41, please.');
  await page.shows(['Is the trail boot in stock?', GREETING, PROMPT, 'Size 41, please.']);
  expect(await email.inputValue()).toBe('ann@localhost');

  await email.fill('ann@example.com');
  await send.click();
  await answered(page).waitFor();
  await form.waitFor({ state: 'detached' });
  expect(await answers(page)).toEqual([
    [
      ['Email', 'ann@example.com'],
      ['Name', 'Ann Okafor'],
    ],
  ]);
  await page.log.getByText(THANKS).waitFor();

  const id = await conversationOf('Is the trail boot in stock?');
  const seen = await seenByAgent(id);
  expect(seen.contact).toEqual({ displayName: 'Ann Okafor', email: 'ann@example.com' });
  expect(emailOption(seen)).toMatchObject({ available: true, recipient: 'ann@example.com' });
  expect(seen.timeline.nodes.flatMap(({ form: given }) => given?.answers ?? [])).toEqual([
    { label: 'Email', value: 'ann@example.com' },
    { label: 'Name', value: 'Ann Okafor' },
  ]);

  await page.page.reload();
  await answered(page).waitFor();
  expect(await answers(page)).toHaveLength(1);
  expect(await form.count()).toBe(0);
  expect(page.problems).toEqual([]);
  await visitor.close();
});

test('by keyboard alone: the focus goes to what is wrong, and into the conversation once it is answered', async () => {
  const { visitor, page, email, name } = await askedAfter('by keyboard');
  const { keyboard } = page.page;
  await hasFocus(page.field);
  while (!(await focused(email))) await keyboard.press('Shift+Tab');
  await keyboard.type('ann@localhost');
  await keyboard.press('Tab');
  expect(await focused(name)).toBe(true);
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await showsTrouble(email, 'Write an address such as ann@example.com.');
  await hasFocus(email);
  await keyboard.press('Control+a');
  await keyboard.type('keys@example.com');
  await keyboard.press('Enter');
  await answered(page).waitFor();
  await hasFocus(page.log);
  await keyboard.press('Tab');
  await hasFocus(page.field);
  await visitor.close();
});

test('what was typed survives the next page, and an answer given offline the reload, under one message', async () => {
  const { visitor, page, email, send } = await askedAfter('on and off');
  const id = await conversationOf('on and off');
  await email.fill('off@example.com');
  await page.goto(`${host.origin}/other`);
  await eventually(async () => expect(await email.inputValue()).toBe('off@example.com'));

  const gateway = stack.services['chat-gateway'][0];
  await gateway?.kill();
  await send.click();
  await page.log.locator('form').getByText('Waiting for the connection').waitFor();
  expect(await email.getAttribute('readonly')).not.toBeNull();
  await page.page.close();
  await gateway?.restart();

  const after = await visitor.visit(host.origin);
  await eventually(async () => expect((await seenByAgent(id)).contact?.email).toBe('off@example.com'), {
    timeoutMs: 20_000,
  });
  await after.open();
  await answered(after).waitFor();
  expect(await answers(after)).toEqual([[['Email', 'off@example.com']]]);
  expect((await textsOf(id)).filter((text) => text === 'Email: off@example.com')).toHaveLength(1);
  const left = await after.page.evaluate(() => Object.keys(localStorage));
  expect(left.filter((key) => /:(unsent\.|form$)/.test(key))).toEqual([]);
  await visitor.close();
}, 120_000);

test('two tabs are in step: what one answers, both show', async () => {
  const { visitor, page: first, email, send } = await askedAfter('two tabs');
  const second = await visitor.visit(`${host.origin}/other`);
  await second.open();
  await formOf(second).form.waitFor();
  await email.fill('tabs@example.com');
  await send.click();
  for (const tab of [first, second]) {
    await answered(tab).waitFor();
    await formOf(tab).form.waitFor({ state: 'detached' });
    await tab.log.getByText(THANKS).waitFor();
    expect(await answers(tab)).toEqual([[['Email', 'tabs@example.com']]]);
  }
  await visitor.close();
});

test('once an agent has answered the form invites no more, and can still be filled in', async () => {
  const { visitor, page, form, email, send } = await askedAfter('quick question');
  const id = await conversationOf('quick question');
  await agent.reply(id, 'Quick answer.');
  await form.waitFor({ state: 'detached' });
  await page.log.getByRole('button', { name: 'Leave your details' }).click();
  await email.fill('late@example.com');
  await send.click();
  await answered(page).waitFor();
  await eventually(async () => expect((await seenByAgent(id)).contact?.email).toBe('late@example.com'));
  await visitor.close();

  const typing = await askedAfter('slow typer');
  await typing.email.fill('slow@exam');
  await agent.reply(await conversationOf('slow typer'), 'I am faster.');
  await typing.page.log.getByText('I am faster.').waitFor();
  expect(await typing.email.inputValue()).toBe('slow@exam');
  await typing.visitor.close();
});

test('where no WebSocket gets through, the form travels over HTTP, a refusal and all', async () => {
  const visitor = await newVisitor(browser);
  await visitor.context.addInitScript(() => {
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
  const { form, email, send } = formOf(page);
  await form.waitFor();
  await email.fill('http@localhost');
  await send.click();
  await showsTrouble(email, 'Write an address such as ann@example.com.');
  await email.fill('http@example.com');
  await send.click();
  await answered(page).waitFor();
  await page.log.getByText(THANKS).waitFor();
  expect((await seenByAgent(await conversationOf('over plain HTTP'))).contact?.email).toBe('http@example.com');
  await visitor.close();
}, 60_000);

test('the page in French says what is wrong in French', async () => {
  const { visitor, page, email, send } = await askedAfter('Bonjour', {}, '/?lang=fr');
  await send.click();
  await showsTrouble(email, 'À remplir.');
  await email.fill('ann@localhost');
  await send.click();
  await showsTrouble(email, 'Écrivez une adresse comme ann@example.com.');
  expect(await page.log.locator('.meta .bot').last().textContent()).toBe('Robot');
  await visitor.close();
});

describe('axe finds nothing', () => {
  test.each([
    ['light', 'en'],
    ['light', 'fr'],
    ['dark', 'en'],
    ['dark', 'fr'],
  ] as const)('%s, %s', async (colorScheme, lang) => {
    const options = { colorScheme, reducedMotion: 'reduce' } as const;
    const { visitor, page, email, name, send } = await askedAfter(
      `axe ${colorScheme} ${lang}`,
      options,
      `/?lang=${lang}`,
    );
    const picture = async (state: string) => {
      const folder = process.env['SCREENSHOTS_DIR'];
      if (folder !== undefined)
        await page.page.screenshot({ path: `${folder}/form-${state}-${colorScheme}-${lang}.png` });
    };
    await picture('asked');
    expect(await page.axe()).toEqual([]);
    await email.fill('ann@localhost');
    await name.fill('Ann Okafor');
    await send.click();
    await eventually(async () => expect(await troubleAt(email)).not.toBeNull());
    await picture('error');
    expect(await page.axe()).toEqual([]);
    await email.fill(`axe-${colorScheme}-${lang}@example.com`);
    await send.click();
    await page.log.getByText(THANKS).waitFor();
    await picture('answered');
    expect(await page.axe()).toEqual([]);
    await visitor.close();
  });
});

describe('the page’s own script', () => {
  interface Told {
    told: [string, object][];
  }
  const EVENTS = ['ready', 'open', 'close', 'unread', 'form'];

  /** A visitor of a page whose script calls the widget before it is there, and writes down what it hears. */
  async function scripted(calls: unknown[][] = []) {
    const visitor = await newVisitor(browser);
    await visitor.context.addInitScript(
      ({ events, calls: early }: { events: string[]; calls: unknown[][] }) => {
        if (window !== top) return;
        const told: [string, object][] = [];
        const call = (...args: unknown[]) => void (call.q ??= []).push(args);
        call.q = undefined as unknown[][] | undefined;
        Object.assign(window, { told, Conversations: call });
        for (const event of events) call('on', event, (detail: object) => told.push([event, detail]));
        for (const args of early) call(...args);
      },
      { events: EVENTS, calls },
    );
    const page = await visitor.visit(host.origin);
    const warnings: string[] = [];
    page.page.on('console', (line) => {
      if (line.type() === 'warning') warnings.push(line.text());
    });
    const call = (...args: unknown[]) =>
      page.page.evaluate(
        (given) => (window as unknown as { Conversations(...a: unknown[]): void }).Conversations(...given),
        args,
      );
    const told = () => page.page.evaluate(() => (window as unknown as Told).told);
    return { visitor, page, warnings, call, told };
  }

  test('opens, closes, and hears what happens', async () => {
    const { visitor, page, call, told } = await scripted();
    await call('open');
    await page.field.waitFor();
    await call('toggle');
    expect(await page.launcher.getAttribute('aria-expanded')).toBe('false');
    await call('toggle');
    await call('open');
    await page.write('a call away');
    const { form, email, send } = formOf(page);
    await form.waitFor();
    await email.fill('events@example.com');
    await send.click();
    await answered(page).waitFor();
    await page.log.getByText(THANKS).waitFor();
    await call('close');
    await agent.reply(await conversationOf('a call away'), 'Here.');
    await eventually(async () => expect((await told()).at(-1)).toEqual(['unread', { count: 1 }]));
    await call('open');
    await eventually(async () => expect((await told()).at(-1)).toEqual(['unread', { count: 0 }]));
    const names = (await told()).map(([name]) => name);
    expect(names.filter((name) => name === 'open' || name === 'close')).toEqual([
      'open',
      'close',
      'open',
      'close',
      'open',
    ]);
    expect(names.filter((name) => name === 'ready')).toHaveLength(1);
    expect((await told()).filter(([name]) => name === 'form')).toEqual([['form', { formId: 'address' }]]);
    expect(JSON.stringify(await told())).not.toContain('events@example.com');
    expect(page.problems).toEqual([]);
    await visitor.close();
  });

  test('off is heard, and a listener that throws stops nothing', async () => {
    const { visitor, page, told } = await scripted();
    await page.page.evaluate(() => {
      const api = (window as unknown as { Conversations(...a: unknown[]): void }).Conversations;
      const heard = (window as unknown as Told).told;
      const never = () => heard.push(['never', {}]);
      api('on', 'open', never);
      api('off', 'open', never);
      api('on', 'open', () => {
        throw new Error('of the page itself');
      });
      api('on', 'open', () => heard.push(['after', {}]));
      api('open');
    });
    await page.field.waitFor();
    await eventually(async () =>
      expect((await told()).map(([name]) => name)).toEqual(expect.arrayContaining(['open', 'after'])),
    );
    expect((await told()).map(([name]) => name)).not.toContain('never');
    expect(page.problems).toEqual(['of the page itself']);
    await visitor.close();
  });

  test('names a visitor: the bot does not ask, agents may write, and what the visitor says later counts more', async () => {
    const { visitor, page, call } = await scripted([['contact', { email: 'claimed@example.com', name: 'Claire' }]]);
    await page.open();
    await page.write('I am Claire, says the page');
    await page.log.getByText(THANKS).waitFor();
    expect(await formOf(page).form.count()).toBe(0);
    const id = await conversationOf('I am Claire, says the page');
    expect(await seenByAgent(id)).toMatchObject({ contact: { displayName: 'Claire', email: 'claimed@example.com' } });
    expect(await verified('claimed@example.com')).toBe(false);

    await call('contact', { email: 'other@example.com' });
    await page.write('still Claire');
    await eventually(async () => expect(await textsOf(id)).toContain('still Claire'));
    expect((await seenByAgent(id)).contact?.email).toBe('claimed@example.com');
    await visitor.close();

    const later = await scripted();
    await later.page.open();
    await later.page.write('not named yet');
    await formOf(later.page).form.waitFor();
    await later.call('contact', { email: 'named@example.com' });
    await later.page.log.getByText(THANKS).waitFor();
    const named = await seenByAgent(await conversationOf('not named yet'));
    expect(named.contact?.email).toBe('named@example.com');
    await later.visitor.close();
  });

  test('says which page it is', async () => {
    const { visitor, page, call } = await scripted();
    await page.open();
    await page.write('which page');
    const id = await conversationOf('which page');
    await call('page', { url: `${host.origin}/#/boots`, title: 'Boots' });
    await eventually(async () => {
      const { conversation } = await agent.request<{ conversation: { visitor: { currentPage: object | null } } }>(
        'query Page($id: ID!) { conversation(id: $id) { visitor { currentPage { url title } } } }',
        { id },
      );
      expect(conversation.visitor.currentPage).toEqual({ url: `${host.origin}/#/boots`, title: 'Boots' });
    });
    await visitor.close();
  });

  test('of the demo shop opens the widget from a button and counts what is unread on it', async () => {
    const visitor = await newVisitor(browser);
    const page = await visitor.visit(`${chatUrl}/demo`);
    await page.page.getByRole('button', { name: 'Write to us' }).click();
    await page.write('from the button');
    await formOf(page).form.waitFor();
    await page.launcher.click();
    await agent.reply(await conversationOf('from the button'), 'Seen.');
    await page.page.getByRole('button', { name: 'Write to us (1)' }).waitFor();
    expect(page.problems).toEqual([]);
    await visitor.close();
  });

  test('is warned of what it gets wrong, and nothing breaks', async () => {
    const { visitor, page, warnings, call } = await scripted();
    await page.open();
    const wrong: unknown[][] = [
      [],
      ['dance'],
      [7, 'x'],
      [null, {}],
      ['on', 'open'],
      ['on', 'open', 'no function'],
      ['identify'],
      ['identify', 'x'.repeat(100_000)],
      ['contact', { email: 'x'.repeat(1_000_000) }],
      ['contact', 'ann@example.com'],
      ['contact', { email: 'ann' }],
      ['page', { url: 'javascript:alert(1)' }],
    ];
    for (const args of wrong) await call(...args);
    await page.page.evaluate(() => {
      const api = (window as unknown as { Conversations(...a: unknown[]): void }).Conversations;
      const circle: { self?: unknown } = {};
      circle.self = circle;
      api('contact', circle);
      api('contact', 10n);
      api(Symbol('x'), {});
      api('contact', () => 0);
      api('contact', {
        get email() {
          throw new Error('hostile getter');
        },
      });
    });
    await eventually(() => expect(warnings).toHaveLength(wrong.length + 5));
    for (const warning of warnings) expect(warning).toMatch(/^Conversations: /);
    await page.write('all the same');
    await formOf(page).form.waitFor();
    expect(page.problems).toEqual([]);
    await visitor.close();
  });
});

describe('where the bot speaks first', () => {
  /** Publishes the flow with another trigger. */
  const beginsWith = async (trigger: { kind: string; urlContains?: string }) => {
    const admin = await stack.signIn('admin');
    const read = await admin.request<{ chatbotAutomation: { version: number } }>('{ chatbotAutomation { version } }');
    const document = `mutation Save($input: SaveChatbotAutomationInput!) { saveChatbotAutomation(input: $input) { errors { message } } }`;
    const form = {
      ...{ prompt: 'Who is asking?', submitLabel: 'Send' },
      fields: [{ key: 'EMAIL', label: 'Email', required: true }],
    };
    const { saveChatbotAutomation } = await admin.request<{ saveChatbotAutomation: { errors: object[] } }>(document, {
      input: {
        ...{ expectedVersion: read.chatbotAutomation.version, enabled: true, botName: 'Assistant', trigger },
        steps: [{ message: { text: 'Can I help you to find your size?' } }, { form }, { handoff: { text: THANKS } }],
      },
    });
    expect(saveChatbotAutomation.errors).toEqual([]);
    await admin.close();
  };

  test('opening the widget on such a page begins a conversation; elsewhere and before, nothing is stored', async () => {
    await beginsWith({ kind: 'PAGE_OPENED', urlContains: '/sizes' });
    // So long a gateway may go by the flow before.
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    const before = (await agent.inbox({ status: null })).length;
    const visitor = await newVisitor(browser);
    const page = await visitor.visit(`${host.origin}/hats`);
    await page.open();
    await page.widget.getByText('How can we help?').waitFor();
    await page.goto(`${host.origin}/sizes`);
    await page.shows(['Can I help you to find your size?', 'Who is asking?']);
    expect(await page.storedToken()).toMatch(/^vt_/);
    const [begun, ...others] = await agent.inbox({ status: null });
    expect(others).toHaveLength(before);
    expect(begun).toMatchObject({ unread: false, waitingForReply: false, status: 'OPEN' });

    await page.page.reload();
    await page.shows(['Can I help you to find your size?', 'Who is asking?']);
    const { email, send } = formOf(page);
    await email.fill('sizes@example.com');
    await send.click();
    await page.log.getByText(THANKS).waitFor();
    expect((await seenByAgent(begun?.id ?? '')).contact?.email).toBe('sizes@example.com');
    expect((await agent.inbox({ status: null })).length).toBe(before + 1);
    expect(page.problems).toEqual([]);
    await visitor.close();

    const stranger = await newVisitor(browser);
    const closed = await stranger.visit(`${host.origin}/sizes`);
    await closed.page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
    expect(closed.sockets).toEqual([]);
    expect(await closed.storedToken()).toBeNull();
    await stranger.close();
  }, 60_000);
});
