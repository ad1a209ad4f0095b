import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import {
  type AgentClient,
  DEMO_AGENTS,
  eventually,
  type Stack,
  startBrowser,
  startStack,
} from '@conversations/testing';
import type { Browser, Cookie, Page } from 'playwright-core';
import type { Screen } from './screen';
import { screenFaults } from './screen-faults';
import { LONG_NAME, mainScreens, otherScreens, PNG } from './screens';

jest.setTimeout(120_000);

interface Look {
  theme: 'light' | 'dark';
  language: 'en' | 'fr' | 'x-long';
  width: 1440 | 1000 | 390;
}

/** Where to leave pictures of all screens, for a person to look at. */
const PICTURES = process.env['SCREENS_FOLDER'];

let stack: Stack;
let browser: Browser;
let conversationId = '';
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stack = await startStack({ env: { EMAIL_CHANNEL: 'on' } });
  ends.push(() => stack.stop());
  browser = await startBrowser();
  ends.push(() => browser.close());
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

/** A conversation with everything in it that a thread can show, and saved responses. */
async function fill(): Promise<void> {
  const [amelie, admin] = await Promise.all([stack.signIn('amelie'), stack.signIn('admin')]);
  ends.push(
    () => amelie.close(),
    () => admin.close(),
  );
  await publishFlow(admin);
  const widget = stack.widget({ locale: 'fr', page: { url: 'https://shop.test/pricing/of/a/plan', title: 'Pricing' } });
  ends.push(() => widget.close());
  await widget.connect();
  await widget.write(`Is https://shop.test/${'size/'.repeat(20)} right? ${'Longword'.repeat(20)}`);
  conversationId = await eventually(async () => {
    const [newest] = await amelie.inbox();
    if (newest === undefined) throw new Error('no conversation yet');
    return newest.id;
  });
  await amelie.reply(conversationId, 'It is.', { attachmentIds: [await amelie.uploaded('text', LONG_NAME)] });
  await amelie.complete(conversationId);
  const files = [await widget.uploaded(new Uint8Array(PNG), 'photo.png'), await widget.uploaded('text', 'notes.txt')];
  await widget.acked(widget.send('And here are two files.', randomUUID(), files));
  const { createSavedResponseCategory } = await admin.request<{
    createSavedResponseCategory: { category: { id: string } };
  }>('mutation { createSavedResponseCategory(input: { name: "Billing and refunds" }) { category { id } } }');
  await admin.request(
    'mutation ($input: CreateSavedResponseInput!) { createSavedResponse(input: $input) { errors { code } } }',
    {
      input: {
        title: 'Refund within 30 days',
        body: 'Hello, we refund any plan within 30 days of the purchase.',
        categoryId: createSavedResponseCategory.category.id,
      },
    },
  );
}

/** A flow with a step of each kind; it is off, so that visitors of other screens are left alone. */
async function publishFlow(admin: AgentClient): Promise<void> {
  const email = { key: 'EMAIL', label: 'Email', required: true };
  const input = {
    ...{ expectedVersion: 1, enabled: false, botName: 'Robin' },
    trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE' },
    steps: [
      { message: { id: 'hello', text: 'Hello! Thank you for your message. Somebody from our team will answer here.' } },
      {
        availability: {
          id: 'hours',
          open: [
            { wait: { id: 'pause', seconds: 120 } },
            { message: { id: 'patience', text: 'All of us are talking to others right now. Please bear with us.' } },
          ],
          closed: [
            {
              form: {
                ...{ id: 'who', prompt: 'We are not here now. Where can we reach you?', submitLabel: 'Send' },
                fields: [email, { key: 'COMPANY', label: 'Your company', required: false }],
              },
            },
          ],
        },
      },
      { handoff: { id: 'end', text: 'Thank you. We answer as soon as we can.' } },
    ],
    openingHours: {
      timeZone: 'Europe/Paris',
      weekly: [
        { day: 'MONDAY', opensAt: '09:00', closesAt: '12:30' },
        { day: 'MONDAY', opensAt: '13:30', closesAt: '18:00' },
        { day: 'TUESDAY', opensAt: '09:00', closesAt: '18:00' },
      ],
      holidays: ['2026-12-25', '2027-01-01'],
    },
  };
  await admin.request(
    'mutation ($input: SaveChatbotAutomationInput!) { saveChatbotAutomation(input: $input) { errors { code } } }',
    { input },
  );
}

// The list has these words too, and may be there before the thread.
const thread = (page: Page) =>
  page
    .goto(`/inbox/${conversationId}`)
    .then(() => page.getByRole('log').getByText('And here are two files.').last().waitFor());
const LOOKS: readonly Look[] = [
  { theme: 'light', language: 'en', width: 1440 },
  { theme: 'dark', language: 'fr', width: 1000 },
  { theme: 'light', language: 'x-long', width: 390 },
  { theme: 'dark', language: 'x-long', width: 1440 },
];
const MAIN_LOOKS: readonly Look[] = [
  ...LOOKS,
  { theme: 'dark', language: 'en', width: 390 },
  { theme: 'light', language: 'fr', width: 390 },
];
const named = ({ theme, language, width }: Look) => `${theme}, ${language}, ${String(width)} px`;

const cookies = new Map<string, Cookie[]>();

async function openAs(agent: Screen['agent'], { theme, language, width }: Look): Promise<Page> {
  const { publicOrigin, demoPassword } = stack.installation;
  const context = await browser.newContext({
    baseURL: publicOrigin,
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    colorScheme: theme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  });
  if (language === 'x-long') await context.addInitScript("localStorage.setItem('conversations.language', 'x-long')");
  context.setDefaultTimeout(30_000);
  if (agent !== null) {
    const email = DEMO_AGENTS[agent ?? 'amelie'];
    let known = cookies.get(email);
    if (known === undefined) {
      const headers = { origin: publicOrigin };
      await context.request.post('/auth/login', { data: { email, password: demoPassword }, headers });
      cookies.set(email, (known = await context.cookies()));
    }
    await context.addCookies(known);
  }
  return context.newPage();
}

const emptyInbox = async (page: Page) => {
  await page.goto('/inbox');
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
};

/** What is wrong with one screen in one look. */
async function faultsOf(name: string, { agent, show }: Screen, look: Look): Promise<string[]> {
  const page = await openAs(agent, look);
  try {
    await show(page);
    const faults = await screenFaults(page);
    if (PICTURES !== undefined)
      await page.screenshot({ path: `${PICTURES}/${name} ${named(look)}.png`.replaceAll(', ', '-') });
    return faults;
  } finally {
    await page.context().close();
  }
}

describe('before the first conversation', () => {
  test.each(LOOKS.slice(0, 3).map((look) => [named(look), look] as const))(
    'the inbox with its first steps has no fault: %s',
    async (_, look) => {
      expect(await faultsOf('empty inbox', { show: emptyInbox }, look)).toEqual([]);
    },
  );

  test('a window that shows one pane leads to the first steps', async () => {
    const page = await openAs('admin', { theme: 'light', language: 'en', width: 390 });
    await page.goto('/inbox');
    await page.getByRole('link', { name: 'Set up the channels' }).click();
    await page.getByText('Install the chat widget').waitFor();
    await page.context().close();
  });
});

describe('with a conversation', () => {
  beforeAll(fill);

  const mainOnes = Object.entries(mainScreens(thread)).flatMap(([name, screen]) =>
    MAIN_LOOKS.map((look) => [name, named(look), screen, look] as const),
  );
  // Every other screen and state in one look; the looks take turns, so that each theme and language has its share.
  const others = Object.entries(otherScreens(thread)).map(([name, screen], index) => {
    const look = LOOKS[index % LOOKS.length]!;
    return [name, named(look), screen, look] as const;
  });
  test.each([...mainOnes, ...others])('%s has no fault: %s', async (name, _, screen, look) => {
    expect(await faultsOf(name, screen, look)).toEqual([]);
  });

  test('what the browser asks for until an open thread can be answered is at most 170 kB of scripts', async () => {
    const page = await openAs('amelie', { theme: 'light', language: 'fr', width: 1440 });
    const sizes: Promise<number>[] = [];
    const begunAt = Date.now();
    let laterAt = Infinity;
    page.on('request', (request) => {
      if (request.url().endsWith('/version.json')) laterAt = Math.min(laterAt, Date.now());
    });
    page.on('response', (response) => {
      // After three seconds the page asks for what it did without, also when its thread is not there yet.
      if (response.url().endsWith('.js') && laterAt === Infinity)
        sizes.push(
          response
            .request()
            .sizes()
            .then(({ responseBodySize }) => responseBodySize),
        );
    });
    await page.goto(`/inbox/${conversationId}`);
    await page.locator('[data-pane=composer] textarea').waitFor();
    await page.getByText('And here are two files.').last().waitFor();
    expect(sizes.length).toBeGreaterThan(2);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(80_000);
    expect(total).toBeLessThanOrEqual(170_000);
    expect(laterAt - begunAt).toBeGreaterThanOrEqual(3_000);
    await page.context().close();
  });
});
