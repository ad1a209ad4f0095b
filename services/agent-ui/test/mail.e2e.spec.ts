import { DEMO_INBOX, eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Browser } from 'playwright-core';
import { agentBrowser, type AgentScreen } from './agent-browser';

jest.setTimeout(120_000);

/** Where to leave pictures, for a person to look at. */
const PICTURES = process.env['SCREENS_FOLDER'];

let stack: Stack;
let browser: Browser;
let screen: AgentScreen;
/** A server of the sender's, which must not hear that somebody reads. */
let elsewhere: Server;
const heard: string[] = [];

beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.setHeader('content-type', 'image/svg+xml');
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
  });
  await new Promise<void>((resolve) => void elsewhere.listen(0, '127.0.0.1', resolve));
  stack = await startStack({ env: { EMAIL_AUTHSERV_ID: 'mx.shop.test' } });
  browser = await startBrowser();
}, 120_000);

beforeEach(async () => {
  screen = await agentBrowser(browser, stack);
});
afterEach(() => screen.close());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  elsewhere?.close();
}, 60_000);

const pictureUrl = () => `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;

async function mail(given: {
  subject: string;
  text: string;
  html?: string;
  from?: string;
  headers?: Record<string, string>;
}): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: stack.smtpPorts[0],
    tls: { rejectUnauthorized: false },
  });
  try {
    await transport.sendMail({ from: 'Ann Okafor <ann@example.com>', to: DEMO_INBOX, ...given });
  } finally {
    transport.close();
  }
}

/** Opens the conversation that the newest mail made or joined. */
async function openFirst(text: string): Promise<void> {
  await screen.goto('/inbox');
  const row = screen.rows.filter({ hasText: text }).first();
  await row.waitFor({ timeout: 20_000 });
  await row.click();
  await screen.log.getByText(text).first().waitFor();
}

test('a mail stands in the inbox as a card with its subject and people, and is answered by email', async () => {
  await mail({ subject: 'Where is my order?', text: 'Order 1234 has not arrived.' });
  await openFirst('Order 1234 has not arrived.');
  const card = screen.log.locator('article').last();
  for (const part of ['Where is my order?', 'Ann Okafor <ann@example.com>', DEMO_INBOX])
    await card.getByText(part).first().waitFor();
  await screen.reply.fill('It arrives tomorrow.');
  await screen.reply.press('Control+Enter');
  const sent = await eventually(
    () => {
      const found = stack.catcher.mails.find(({ parsed }) => parsed.text?.startsWith('It arrives tomorrow.') === true);
      expect(found).toBeDefined();
      return found!;
    },
    { timeoutMs: 20_000 },
  );
  expect(sent.parsed.subject).toBe('Re: Where is my order?');
  expect(sent.parsed.text).toContain('Order 1234 has not arrived.');
  await screen.log.locator('article').last().getByText('Sent', { exact: true }).waitFor({ timeout: 20_000 });
  expect(await screen.axe()).toEqual([]);
  expect(screen.problems).toEqual([]);
});

test('what an agent should know before trusting a mail stands on its card', async () => {
  await mail({
    from: 'Your bank <service@bank.example>',
    subject: 'Please confirm your password',
    text: 'Your account is locked.',
    headers: {
      'Authentication-Results': 'mx.shop.test; dmarc=fail header.from=bank.example',
      'Auto-Submitted': 'auto-generated',
    },
  });
  await openFirst('Your account is locked.');
  const card = screen.log.locator('article').last();
  await card.getByText(/^Sender not verified: .* may not send for service@bank\.example/).waitFor();
  await card.getByText('Automatic reply').waitFor();
  expect(await screen.axe()).toEqual([]);
  if (PICTURES !== undefined) await screen.page.screenshot({ path: `${PICTURES}/mail that is not verified.png` });
});

test('security row 1: formatting is shown in a sandbox in which nothing runs and from which nothing is asked for', async () => {
  const url = pictureUrl();
  await mail({
    from: 'Mallory <mallory@example.net>',
    subject: 'Nice offer',
    text: 'A nice offer, as text.',
    html: `<p id="offer" style="color:#b00020">A nice <b>offer</b></p><img src="${url}/pixel.svg" alt="pixel">
      <img src=x onerror="fetch('${url}/onerror')"><script>fetch('${url}/script')</script>
      <style>body{background:url(${url}/css)}@import "${url}/import.css";</style>
      <iframe src="${url}/frame"></iframe><form action="${url}/form"><button>Go</button></form>
      <a href="javascript:fetch('${url}/link')">here</a><base href="${url}/base/"><meta http-equiv="refresh" content="0;url=${url}/meta">
      <svg onload="fetch('${url}/svg')"></svg>`,
  });
  await openFirst('A nice offer, as text.');
  await screen.page.getByRole('button', { name: 'Show formatting' }).click();
  const frame = screen.page.frameLocator('iframe[title^="Email"]');
  await frame.locator('b', { hasText: 'offer' }).waitFor();
  const element = screen.page.locator('iframe[title^="Email"]');
  expect(await element.getAttribute('sandbox')).toBe('allow-same-origin allow-popups allow-popups-to-escape-sandbox');
  await screen.page.getByText('1 image from elsewhere is not loaded').waitFor();
  expect(await frame.locator('script, iframe, form, base[href], meta[http-equiv], svg, [onerror]').count()).toBe(0);
  expect(heard).toEqual([]);
  await screen.page.getByRole('button', { name: 'Load images' }).click();
  await eventually(() => expect(heard).toEqual(['/pixel.svg']));
  await frame.locator('b', { hasText: 'offer' }).waitFor();
  expect(await screen.axe()).toEqual([]);
});

test('the original of a mail is there to download, for people with an account only', async () => {
  await mail({ subject: 'For the files', text: 'Keep this one.', from: 'Ben Ito <ben@example.com>' });
  await openFirst('Keep this one.');
  const link = screen.page.getByRole('link', { name: 'Download the original' });
  const address = (await link.getAttribute('href'))!;
  const answer = await screen.page.context().request.get(address);
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toContain('Subject: For the files');
  expect(answer.headers()['content-disposition']).toMatch(/^attachment/);
  expect((await fetch(address)).status).toBe(401);
});
