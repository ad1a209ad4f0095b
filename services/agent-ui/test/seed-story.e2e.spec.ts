import { eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import { createTransport } from 'nodemailer';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { agentBrowser, type AgentScreen } from './agent-browser';

jest.setTimeout(120_000);

let stack: Stack;
let browser: Browser;
let visitor: BrowserContext;
let screen: AgentScreen;

beforeAll(async () => {
  stack = await startStack({ env: { CHATBOT_DEFAULT_FLOW: 'on', CHAT_OFFLINE_GRACE_SECONDS: '1' } });
  browser = await startBrowser();
  visitor = await browser.newContext({ locale: 'en-GB', viewport: { width: 1000, height: 800 } });
  visitor.setDefaultTimeout(20_000);
  screen = await agentBrowser(browser, stack);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

/** The shop in the visitor's browser, with the widget open. */
async function shop(): Promise<{
  page: Page;
  log: ReturnType<Page['locator']>;
  write: (text: string) => Promise<void>;
}> {
  const page = await visitor.newPage();
  await page.goto(`${stack.chatUrls[0]!}/demo`);
  const launcher = page.locator('conversations-widget').getByRole('button');
  await launcher.waitFor();
  // A widget that was open when its visitor left opens by itself.
  if ((await launcher.getAttribute('aria-expanded')) === 'false') await launcher.click();
  const widget = page.frameLocator('conversations-widget iframe');
  const field = widget.getByRole('textbox', { name: 'Message' });
  await field.waitFor();
  return {
    page,
    log: widget.getByRole('log'),
    write: async (text) => {
      await field.fill(text);
      await field.press('Enter');
    },
  };
}

async function answerByMail(mail: { to: string; subject: string; text: string; references: string }): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: stack.smtpPorts[0],
    tls: { rejectUnauthorized: false },
  });
  try {
    await transport.sendMail({ from: 'Ann Okafor <ann@example.com>', inReplyTo: mail.references, ...mail });
  } finally {
    transport.close();
  }
}

const picture = async (page: Page, name: string) => {
  const folder = process.env['SCREENSHOTS_DIR'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/story-${name}.png` });
};

test('an anonymous visitor leaves an address and the site; chat and email are one conversation, and the visitor comes back to it', async () => {
  const { page: agentPage, log } = screen;
  const first = await shop();
  await first.write('Do you repair leather shoes?');
  const form = first.log.locator('form');
  await form.getByRole('textbox', { name: 'Email' }).fill('ann@example.com');
  await form.getByRole('textbox', { name: 'Name' }).fill('Ann Okafor');
  await form.getByRole('button', { name: 'Send' }).click();
  await first.log.getByText('Thank you. We answer as soon as we can, here or by email.').waitFor();

  await screen.goto('/inbox');
  const row = screen.rows.filter({ hasText: 'Ann Okafor' });
  await row.click();
  await log.getByRole('row', { name: 'Email ann@example.com' }).waitFor();
  const top = agentPage.getByRole('region', { name: 'Ann Okafor', exact: true });
  await top.getByText('Online', { exact: true }).waitFor();
  await picture(agentPage, '1-online');

  await first.page.close();
  await top.getByText('Offline', { exact: true }).waitFor();
  await row.getByText('Offline').waitFor({ state: 'attached' });
  const channel = agentPage.getByRole('combobox', { name: 'Channel of the reply' });
  await eventually(async () => expect(await channel.innerText()).toContain('Email'), { timeoutMs: 20_000 });
  await agentPage.getByText('to ann@example.com').waitFor();
  await picture(agentPage, '2-offline');
  await screen.reply.fill('Yes, we do. It takes a week.');
  await screen.reply.press('Control+Enter');

  const mail = await eventually(
    () => {
      const found = stack.catcher.mails.find(({ parsed }) => parsed.text?.startsWith('Yes, we do.') === true);
      if (found === undefined) throw new Error('the answer did not arrive');
      return found;
    },
    { timeoutMs: 20_000 },
  );
  expect(mail.recipients).toEqual(['ann@example.com']);
  for (const part of ['Do you repair leather shoes?', '· Chat ·']) expect(mail.parsed.text).toContain(part);

  await answerByMail({
    to: mail.parsed.replyTo?.value[0]?.address ?? '',
    subject: `Re: ${mail.parsed.subject ?? ''}`,
    text: 'Great, I will bring them on Friday.',
    references: mail.parsed.messageId ?? '',
  });
  await log.getByText('Great, I will bring them on Friday.').waitFor();
  expect(await screen.rows.filter({ hasText: 'Ann Okafor' }).count()).toBe(1);
  const labels = await log.getByText(/^(Web Chat|Email)$/).allInnerTexts();
  expect(new Set(labels)).toEqual(new Set(['Web Chat', 'Email']));
  await picture(agentPage, '3-answered');
  await agentPage
    .getByRole('button', { name: /^Complete/ })
    .first()
    .click();
  await log.getByText(/^Completed by/).waitFor();

  const back = await shop();
  for (const text of [
    'Do you repair leather shoes?',
    'Yes, we do. It takes a week.',
    'Great, I will bring them on Friday.',
  ])
    await back.log.getByText(text).waitFor();
  expect(await back.log.locator('dl').innerText()).toContain('ann@example.com');
  await back.log.getByText('This conversation was completed. Write again to open it.').waitFor();
  await picture(back.page, '4-back');
  await back.write('It is Friday: are you open until six?');
  await log.getByText('It is Friday: are you open until six?').waitFor();
  await log.getByText(/Opened again by Ann’s message/).waitFor();
  await screen.goto('/inbox');
  await row.filter({ hasText: 'It is Friday' }).waitFor();
  expect(await screen.rows.filter({ hasText: 'Ann Okafor' }).count()).toBe(1);
  expect(await screen.axe()).toEqual([]);
  expect(screen.problems).toEqual([]);
});
