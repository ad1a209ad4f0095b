import { eventually } from '@conversations/testing';
import type { Page } from 'playwright-core';
import { mainAutomationScreens, otherAutomationScreens } from './automation-screens';
import { answering, AWAY, type Screen, type Show } from './screen';

/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const LONG_NAME = 'a-file-with-a-very-long-name-that-nobody-reads-in-one-go.txt';

/** A conversation that the server is not asked for, or not able to give. */
const OPEN = `/inbox/cnv_${'1'.repeat(32)}`;

const row = (page: Page) => page.locator('a[data-conversation]').first().waitFor();
const dialog = (page: Page) => page.getByRole('dialog').waitFor();
const option = (page: Page) => page.getByRole('option').first().waitFor();
const heading = (path: string) => async (page: Page) => {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
};
const inThread = (thread: Show, selector: string, opened: Show) => async (page: Page) => {
  await thread(page);
  await page.locator(selector).click();
  await opened(page);
};

export const mainScreens = (thread: Show): Record<string, Screen> => ({
  'sign-in': { agent: null, show: heading('/inbox') },
  inbox: { show: (page) => page.goto('/inbox').then(() => row(page)) },
  'open thread': { show: thread },
  'saved responses': {
    agent: 'admin',
    show: (page) => page.goto('/saved-responses').then(() => page.getByText('Refund within 30 days').first().waitFor()),
  },
  agents: { agent: 'admin', show: heading('/agents') },
  settings: { show: heading('/settings') },
  ...mainAutomationScreens,
});

export const otherScreens = (thread: Show): Record<string, Screen> => ({
  'refused sign-in': {
    agent: null,
    show: async (page) => {
      await heading('/inbox')(page);
      await page.locator('input[name=email]').fill('nobody@example.test');
      await page.locator('input[name=password]').fill('not the password');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  join: { agent: null, show: heading(`/join#${'a'.repeat(43)}`) },
  'ended invitation': { agent: null, show: heading('/join') },
  'completed list, empty': { show: heading('/inbox?status=completed') },
  'search without a result': { show: heading('/inbox?q=nothing+like+it&unread=yes&assigned=me&channel=chat,email') },
  'unknown conversation': { show: heading(`/inbox/cnv_${'0'.repeat(32)}`) },
  'unknown page': { show: heading('/settings/nothing') },
  'thread of a viewer': { agent: 'vera', show: thread },
  filters: {
    show: async (page) => {
      await page.goto('/inbox');
      await row(page);
      await page.locator('[data-pane=list] [aria-haspopup=menu]').click();
      await page.getByRole('menu').waitFor();
    },
  },
  'saved response editor': {
    agent: 'admin',
    show: async (page) => {
      await page.goto('/saved-responses');
      await page.getByText('Refund within 30 days').first().click();
      await page.locator('textarea').waitFor();
    },
  },
  'role of an agent': {
    agent: 'admin',
    show: async (page) => {
      await page.goto('/agents');
      await page.locator('[role=combobox]').first().click();
      await option(page);
    },
  },
  'invite dialog with its choice open': {
    agent: 'admin',
    show: async (page) => {
      await page.goto('/agents');
      await page.locator('header button').first().click();
      await dialog(page);
      await page.locator('[role=dialog] [role=combobox]').click();
      await option(page);
    },
  },
  'agents for those who are no admin': { show: heading('/agents') },
  profile: { show: heading('/settings/profile') },
  channels: { agent: 'admin', show: heading('/settings/installation') },
  ...otherAutomationScreens,
  'keyboard help': {
    show: async (page) => {
      await page.goto('/inbox');
      await row(page);
      await page.keyboard.press('?');
      await dialog(page);
    },
  },
  'saved-response picker': {
    show: async (page) => {
      await thread(page);
      await page.keyboard.press('Control+k');
      await dialog(page);
      await option(page);
    },
  },
  'category of the picker': {
    show: async (page) => {
      await thread(page);
      await page.keyboard.press('Control+k');
      await page.locator('[role=dialog] button[role=combobox]').click();
      await page.getByRole('listbox').last().waitFor();
    },
  },
  'channel of the reply': { show: inThread(thread, '[data-pane=composer] [role=combobox]', option) },
  assignee: { show: inThread(thread, 'section header [role=combobox]', option) },
  'more actions': {
    show: inThread(thread, 'section header [aria-haspopup=menu]', (page) => page.getByRole('menu').waitFor()),
  },
  'ways to send': {
    show: inThread(thread, '[data-pane=composer] [aria-haspopup=menu]', (page) => page.getByRole('menu').waitFor()),
  },
  'files in the composer': {
    show: async (page) => {
      await thread(page);
      await page.locator('[data-pane=composer] input[type=file]').setInputFiles([
        { name: 'photo.png', mimeType: 'image/png', buffer: PNG },
        { name: LONG_NAME, mimeType: 'text/plain', buffer: Buffer.from('text') },
        { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      ]);
      await page.locator('[data-pane=composer] [role=alert]').waitFor();
      await eventually(async () => expect(await page.locator('[data-pane=composer] progress').count()).toBe(0));
    },
  },
  'tags in a reply': {
    show: async (page) => {
      await thread(page);
      const text = 'Hi {{contact.firstName}} of {{contact.compny|your company}}, {{agent.firstName}} here';
      await page.locator('[data-pane=composer] textarea').fill(text);
      await page.locator('[data-pane=composer] li button').last().waitFor();
      await page.keyboard.press('Control+Enter');
    },
  },
  'tags in a saved response': {
    agent: 'admin',
    show: async (page) => {
      await page.goto('/saved-responses');
      await page.getByText('Refund within 30 days').first().click();
      await page.locator('textarea').fill('Hi {{contact.first_name|there}}, {{order.number}} is on its way.');
      await page.locator('article li button').last().waitFor();
      await page.locator('article [aria-haspopup=menu]').click();
      await page.getByRole('menu').waitFor();
    },
  },
  'expired session': {
    show: async (page) => {
      await thread(page);
      await page.context().clearCookies();
      await page.locator('[data-pane=composer] textarea').fill('Still here');
      await page.keyboard.press('Control+Enter');
      await dialog(page);
    },
  },
  'loading thread': {
    show: async (page) => {
      // Answers that do not come.
      await answering(() => undefined)(page);
      await page.goto(OPEN);
      // A narrow window shows the thread alone.
      await page.locator('[data-pane=list] [aria-busy=true]').waitFor({ state: 'attached' });
      await page.locator('section [role=status]').first().waitFor({ state: 'attached' });
    },
  },
  'broken inbox': {
    show: async (page) => {
      await answering((route) => route.fulfill({ status: 503, json: AWAY }))(page);
      await page.goto(OPEN);
      await page.getByRole('alert').first().waitFor({ timeout: 20_000 });
    },
  },
  'broken agents page': {
    agent: 'admin',
    show: async (page) => {
      await answering((route) => route.fulfill({ status: 503, json: AWAY }))(page);
      await page.goto('/agents');
      await page.locator('main h1').waitFor();
      await page.locator('main [role=alert], main [role=status]').first().waitFor({ timeout: 20_000 });
    },
  },
  'no server': {
    show: async (page) => {
      await page.route('**/auth/session', (route) => route.abort());
      await heading('/inbox')(page);
    },
  },
  offline: {
    show: async (page) => {
      await thread(page);
      await page.context().setOffline(true);
      await page.locator('[data-pane=composer] textarea').fill('Kept until the connection is back');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Kept until the connection is back').first().waitFor();
      await page.locator('main > div [role=status]').first().waitFor();
    },
  },
  'browser that keeps nothing': {
    show: async (page) => {
      await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
      await thread(page);
      await page.locator('main > div [role=status]').first().waitFor();
    },
  },
});
