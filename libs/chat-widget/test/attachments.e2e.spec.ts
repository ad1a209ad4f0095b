import { readFile } from 'node:fs/promises';
import { type AgentClient, eventually, type Stack, startBrowser, startStack } from '@conversations/testing';
import type { Browser } from 'playwright-core';
import { newVisitor } from './visitor-browser';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/pooBPQAAAABJRU5ErkJggg==',
  'base64',
);

let stack: Stack;
let browser: Browser;
let agent: AgentClient;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stack = await startStack();
  ends.push(() => stack.stop());
  agent = await stack.signIn('amelie');
  ends.push(() => agent.close());
  browser = await startBrowser();
  ends.push(() => browser.close());
}, 120_000);

afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

const newest = async () => {
  const [conversation] = await agent.inbox();
  if (conversation === undefined) throw new Error('the inbox is empty');
  return conversation;
};

test("a visitor's first message is a picture, and the agent's file comes back and is saved", async () => {
  const visitor = await newVisitor(browser);
  const page = await visitor.visit(`${stack.chatUrls[0] ?? ''}/demo`);
  await page.open();
  const picker = page.widget.locator('input[type=file]');
  await picker.setInputFiles([
    { name: 'broken zip.png', mimeType: 'image/png', buffer: PNG },
    { name: 'setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  const chosen = page.widget.getByRole('list', { name: 'Attached files' });
  await chosen.getByText('Programs cannot be sent.').waitFor();
  await chosen.getByText('The file is empty.').waitFor();
  await page.field.press('Enter');
  expect(await page.log.locator('.bubble').count()).toBe(0);
  await chosen.getByRole('button', { name: 'Remove setup.exe' }).click();
  await chosen.getByRole('button', { name: 'Remove empty.txt' }).click();
  expect(await page.axe()).toEqual([]);
  await page.widget.getByRole('button', { name: 'Send' }).click();
  await page.allSent();
  await page.log.locator('.bubble img').waitFor();

  const conversation = await eventually(newest);
  expect(conversation.lastMessage?.attachments).toMatchObject([
    { filename: 'broken zip.png', contentType: 'image/png', byteSize: PNG.length },
  ]);

  const id = await agent.uploaded('your invoice', 'invoice <1>.txt');
  await agent.reply(conversation.id, 'Here it is', { attachmentIds: [id] });
  const link = page.log.getByRole('link', { name: /invoice <1>\.txt/ });
  await link.waitFor();
  // After a reload both come from the history; a picture is drawn, whatever its type says by name.
  await page.page.reload();
  await eventually(async () => {
    const picture = page.log.locator('.bubble img');
    const widths = await picture.evaluateAll((images) =>
      images.map((image) => (image as HTMLImageElement).naturalWidth),
    );
    expect(widths).toEqual([1]);
  });
  const download = page.page.waitForEvent('download');
  await link.click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^invoice .1.\.txt$/);
  expect(await readFile(await saved.path(), 'utf8')).toBe('your invoice');
  expect(await page.axe()).toEqual([]);
  expect(page.problems.filter((problem) => !problem.includes('415'))).toEqual([]);
  await visitor.close();
}, 60_000);

test('files are pasted and dropped, and what is uploaded is still there after a reload, also when it was sent offline', async () => {
  const visitor = await newVisitor(browser, { locale: 'fr-FR' });
  const page = await visitor.visit(`${stack.chatUrls[0] ?? ''}/demo?lang=fr`);
  await page.open();
  const give = (kind: 'paste' | 'drop', name: string) =>
    page.field.evaluate(
      (field, [event, filename]) => {
        const data = new DataTransfer();
        data.items.add(new File(['words'], filename, { type: 'text/plain' }));
        const init = { bubbles: true, cancelable: true };
        field.dispatchEvent(
          event === 'paste'
            ? new ClipboardEvent('paste', { ...init, clipboardData: data })
            : new DragEvent('drop', { ...init, dataTransfer: data }),
        );
      },
      [kind, name] as const,
    );
  // Files are taken from the moment the gateway says that it takes them.
  await page.widget.getByRole('button', { name: 'Joindre des fichiers' }).waitFor();
  await give('paste', 'collé.txt');
  await give('drop', 'déposé.txt');
  const chosen = page.widget.getByRole('list', { name: 'Fichiers joints' });
  await chosen.getByText('déposé.txt est joint').waitFor({ state: 'attached' });
  await page.page.reload();
  await chosen.getByText('collé.txt', { exact: true }).waitFor();

  await visitor.context.setOffline(true);
  await page.write('deux fichiers');
  await page.log.getByText('En attente de la connexion').waitFor();
  await visitor.context.setOffline(false);
  await page.page.reload();
  await page.allSent();
  const conversation = await eventually(async () => {
    const found = await newest();
    expect(found.lastMessage?.text).toBe('deux fichiers');
    return found;
  });
  expect(conversation.lastMessage?.attachments.map(({ filename }) => filename)).toEqual(['collé.txt', 'déposé.txt']);
  expect(await chosen.count()).toBe(0);
  await visitor.close();
}, 60_000);

test('a file that is dropped before there is a connection does not take the place of the chat', async () => {
  const visitor = await newVisitor(browser);
  await visitor.context.routeWebSocket(/\/chat$/, () => undefined);
  const page = await visitor.visit(`${stack.chatUrls[0] ?? ''}/demo`);
  await page.open();
  const kept = await page.field.evaluate((field) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['words'], 'a.txt', { type: 'text/plain' }));
    const init = { bubbles: true, cancelable: true, dataTransfer };
    return ['dragover', 'drop'].map((type) => !field.dispatchEvent(new DragEvent(type, init)));
  });
  expect(kept).toEqual([true, true]);
  expect(await page.widget.getByRole('list', { name: 'Attached files' }).count()).toBe(0);
  await visitor.close();
});
