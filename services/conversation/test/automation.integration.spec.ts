import { randomUUID } from 'node:crypto';
import type { AutomationContent, FlowStep, MessageSnapshot } from '@conversations/contracts';
import {
  AUTOMATION_ID,
  CompleteConversation,
  FindAskedForm,
  GetAutomation,
  ListAutomationVersions,
  ReadConversation,
  ReopenConversation,
  Reply,
  ResumeVisitor,
  SaveAutomation,
  type UserError,
} from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import type { Client } from 'pg';
import type { RunningService } from './running-service';
import { eventsOf, kindsOf, startConversation } from './running-service';
import {
  amelie,
  opens,
  answer,
  conversationNow,
  fillsForm,
  identifies,
  messagesNow,
  newVisitor,
  says,
  threadNow,
  tom,
} from './visitors';

let service: RunningService;
let role: Client;

beforeAll(async () => {
  service = await startConversation({ replicas: 2, env: { CHATBOT_DEFAULT_FLOW: 'on' } });
  role = await service.sql('role');
}, 90_000);
afterAll(() => service?.stop());

const message = (id: string, text = id): FlowStep => ({ id, kind: 'message', text });
const wait = (id: string, seconds: number): FlowStep => ({ id, kind: 'wait', seconds });
const form: FlowStep = {
  id: 'address',
  kind: 'form',
  prompt: 'Your address?',
  submitLabel: 'Send',
  fields: [{ key: 'email', label: 'Email', required: true }],
};
const content = (...steps: FlowStep[]): AutomationContent => ({
  enabled: true,
  botName: 'Robin',
  trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE', urlContains: null },
  steps,
  openingHours: null,
});

const current = async () => {
  const { automation } = await service.messaging.request(GetAutomation, { version: null });
  if (!automation) throw new Error('there is no flow');
  return automation;
};
const publish = async (given: AutomationContent) => {
  const { version } = await current();
  return (await service.messaging.request(SaveAutomation, { expectedVersion: version, content: given, by: amelie }))
    .automation;
};
const runOf = async (conversationId: string) => {
  const { rows } = await role.query<{ status: string; step_id: string | null; flow_version: number }>(
    'SELECT status, step_id, flow_version FROM automation_run WHERE conversation_id = $1',
    [conversationId],
  );
  return rows[0];
};
const saidByBot = (messages: readonly MessageSnapshot[]) =>
  messages.flatMap(({ author, text }) => (author.kind === 'automation' ? [text] : []));
const botTexts = async (conversationId: string) => saidByBot(await messagesNow(service.messaging, conversationId));
/** Who writes for the first time, with the flow as it is now. */
async function begins() {
  const visitor = newVisitor();
  const { conversationId } = await says(service.messaging, visitor, 'Hi');
  return { visitor, conversationId };
}

test('the preconfigured flow greets from the first start on, asks for the address and hands over', async () => {
  expect(await current()).toMatchObject({
    id: AUTOMATION_ID,
    version: 1,
    enabled: true,
    publishedBy: { kind: 'system' },
  });
  const { visitor, conversationId } = await begins();
  const [first, greeting, asking] = await messagesNow(service.messaging, conversationId);
  expect(first).toMatchObject({ position: 1, author: { kind: 'visitor' } });
  expect(greeting).toMatchObject({
    ...{ position: 2, channel: 'chat', direction: 'OUTBOUND', form: null },
    author: { kind: 'automation', id: AUTOMATION_ID, name: 'Assistant' },
  });
  expect(asking?.askedForm).toEqual({
    formId: 'address',
    submitLabel: 'Send',
    fields: [
      { key: 'email', label: 'Email', required: true },
      { key: 'name', label: 'Name', required: false },
    ],
  });
  const { form: asked } = await service.messaging.request(FindAskedForm, { ...visitor, formId: 'address' });
  expect(asked).toEqual(asking?.askedForm);
  const { visitorId } = newVisitor();
  expect(await service.messaging.request(FindAskedForm, { visitorId, formId: 'address' })).toEqual({ form: null });

  await fillsForm(service.messaging, visitor, { email: `${randomUUID()}@example.com` }, 'address');
  const items = await threadNow(service.messaging, conversationId);
  expect(items.at(-1)).toMatchObject({
    activity: { kind: 'AUTOMATION_HANDED_OFF', stamp: { by: { kind: 'automation', name: 'Assistant' } } },
  });
  expect(await runOf(conversationId)).toEqual({ status: 'ENDED', step_id: null, flow_version: 1 });

  const events = await eventsOf(service, conversationId, 8);
  expect(kindsOf(events)).toEqual([
    ...['opened', 'message-added', 'message-added', 'message-added'],
    ...['message-added', 'contact-changed', 'message-added', 'handed-off'],
  ]);
  expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('what the bot says calls nobody, clears no mark and answers nothing', async () => {
  await publish(content(message('a'), wait('pause', 1), message('b')));
  const { visitor, conversationId } = await begins();
  expect(await conversationNow(service.messaging, conversationId)).toMatchObject({
    unread: true,
    waitingForReply: true,
  });
  await service.messaging.request(ReadConversation, { conversationId, by: amelie });
  await eventually(async () => expect(await botTexts(conversationId)).toEqual(['a', 'b']));
  expect(await conversationNow(service.messaging, conversationId)).toMatchObject({
    unread: false,
    waitingForReply: true,
  });
  const { messages } = await service.messaging.request(ResumeVisitor, { ...visitor, lastSeq: 0 });
  expect(messages.map(({ author, text }) => [author.kind, author.name, text])).toEqual([
    ['visitor', expect.stringMatching(/^Visitor/), 'Hi'],
    ['bot', 'Robin', 'a'],
    ['bot', 'Robin', 'b'],
  ]);
});

test('the visitor may write while the form waits, and a second answer is a message and no second step', async () => {
  await publish(content(form, message('thanks')));
  const { visitor, conversationId } = await begins();
  await says(service.messaging, visitor, 'And another thing');
  await fillsForm(service.messaging, visitor, { email: `${randomUUID()}@example.com` }, 'address');
  await fillsForm(service.messaging, visitor, { email: `${randomUUID()}@example.com` }, 'address');
  const messages = await messagesNow(service.messaging, conversationId);
  expect(messages.map(({ author, form: answered }) => (answered ? 'answers' : author.kind))).toEqual([
    'visitor',
    'automation',
    'visitor',
    'answers',
    'automation',
    'answers',
  ]);
});

test('who is known is not asked, and who becomes known while a form waits is asked no more', async () => {
  await publish(content(form, message('thanks')));
  const known = newVisitor();
  await identifies(service.messaging, known, `${randomUUID()}@example.com`, 'Ann');
  const { conversationId } = await says(service.messaging, known, 'Hi');
  expect(await botTexts(conversationId)).toEqual(['thanks']);

  const later = await begins();
  expect(await botTexts(later.conversationId)).toEqual(['Your address?']);
  await identifies(service.messaging, later.visitor, `${randomUUID()}@example.com`, null);
  await eventually(async () => expect(await botTexts(later.conversationId)).toEqual(['Your address?', 'thanks']));
});

test('an agent’s answer ends the bot, and so does Complete; a thread that is opened again is not greeted again', async () => {
  await publish(content(message('a'), wait('pause', 600), message('never')));
  const [answered, completed, undisturbed] = [await begins(), await begins(), await begins()];
  await service.messaging.request(Reply, answer(answered.conversationId, 'I am here'));
  await service.messaging.request(CompleteConversation, { conversationId: completed.conversationId, by: tom });
  expect(await runOf(answered.conversationId)).toMatchObject({ status: 'ENDED' });
  expect(await runOf(completed.conversationId)).toMatchObject({ status: 'ENDED' });
  await service.messaging.request(ReopenConversation, { conversationId: completed.conversationId, by: tom });
  await says(service.messaging, completed.visitor, 'Me again');
  // Whatever still waits is over now.
  await role.query(`UPDATE automation_run SET due_at = now() WHERE status = 'WAITING'`);
  await eventually(async () => expect(await botTexts(undisturbed.conversationId)).toEqual(['a', 'never']));
  expect(await botTexts(answered.conversationId)).toEqual(['a']);
  expect(await botTexts(completed.conversationId)).toEqual(['a']);
});

test('a conversation ends with the version that it began with; a flow that is turned off greets nobody', async () => {
  await publish(content(message('old'), form, message('thanks', 'old thanks')));
  const { visitor, conversationId } = await begins();
  const next = await publish({ ...content(message('new')), enabled: false });
  expect(await botTexts((await begins()).conversationId)).toEqual([]);
  await fillsForm(service.messaging, visitor, { email: `${randomUUID()}@example.com` }, 'address');
  expect(await botTexts(conversationId)).toEqual(['old', 'Your address?', 'old thanks']);
  expect((await runOf(conversationId))?.flow_version).toBe(next.version - 1);
});

test('a wait goes on after every replica was killed, and each step is done once', async () => {
  await publish(content(message('a'), wait('pause', 2), message('b'), wait('again', 1), message('c')));
  const begun = await Promise.all(Array.from({ length: 30 }, begins));
  await Promise.all(service.replicas.map((replica) => replica.kill()));
  await Promise.all(service.replicas.map((replica) => replica.restart()));
  for (const { conversationId } of begun)
    await eventually(async () => expect(await botTexts(conversationId)).toEqual(['a', 'b', 'c']), {
      timeoutMs: 30_000,
    });
}, 90_000);

describe('a version', () => {
  it('is published once: who expected another is shown the newest, and 10 at once make one', async () => {
    const { version } = await current();
    const attempts = Array.from({ length: 10 }, (_, index) =>
      service.messaging.request(SaveAutomation, {
        ...{ expectedVersion: version, by: index % 2 === 0 ? amelie : tom },
        content: content(message('a', `by ${index}`)),
      }),
    );
    const settled = await Promise.allSettled(attempts);
    const stored = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.automation] : []));
    expect(stored).toHaveLength(1);
    for (const one of settled) {
      if (one.status === 'fulfilled') continue;
      const { code, options } = one.reason as UserError;
      expect(code).toBe('STALE_VERSION');
      expect(options.details).toMatchObject({ currentVersion: version + 1, automation: stored[0] });
    }
    const ahead = { expectedVersion: version + 5, content: content(message('b')), by: amelie };
    await expect(service.messaging.request(SaveAutomation, ahead)).rejects.toMatchObject({ code: 'STALE_VERSION' });
  });

  it('is told of in an event, and the same content is none', async () => {
    const published = await publish(content(message('told')));
    expect((await publish(content(message('told')))).version).toBe(published.version);
    const events = await eventsOf(service, AUTOMATION_ID, published.version - 1);
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'conversations.automation.published.v1', sequence: published.version },
      data: { automation: { id: AUTOMATION_ID, version: published.version, publishedBy: amelie } },
    });
  });

  it('is kept for ever, and readable', async () => {
    const { version } = await current();
    const { items } = await service.messaging.request(ListAutomationVersions, { first: 100, before: null });
    expect(items.map((item) => item.version)).toEqual(Array.from({ length: version }, (_, index) => version - index));
    const { automation } = await service.messaging.request(GetAutomation, { version: 1 });
    expect(automation).toMatchObject({ version: 1, botName: 'Assistant' });
    expect(await service.messaging.request(GetAutomation, { version: version + 1 })).toEqual({ automation: null });
    for (const change of [
      'DELETE FROM automation_version',
      'UPDATE automation_version SET version = 9',
      'DELETE FROM automation_run',
    ])
      await expect(role.query(change)).rejects.toThrow();
  });

  it('with faults is refused, each with its place', async () => {
    const input = { expectedVersion: 1, content: content(message('a', ' '), wait('w', 0)), by: amelie };
    await expect(service.messaging.request(SaveAutomation, input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      options: {
        details: {
          problems: [
            { path: ['input', 'steps', '0', 'message', 'text'] },
            { path: ['input', 'steps', '1', 'wait', 'seconds'] },
          ],
        },
      },
    });
  });
});

describe('where the bot speaks first', () => {
  const onPage = (urlContains: string | null, ...steps: FlowStep[]): AutomationContent => ({
    ...content(...steps),
    trigger: { kind: 'PAGE_OPENED', urlContains },
  });
  const at = (url: string) => ({ ...newVisitor(), page: { url, title: null } });
  const threadOf = (visitor: ReturnType<typeof newVisitor>) =>
    service.messaging.request(ResumeVisitor, { ...visitor, lastSeq: 0 });

  test('a visitor who opens the widget on such a page is greeted, and no agent is called before the visitor writes', async () => {
    await publish(onPage('/shoes', message('a'), form, message('thanks')));
    const visitor = at('https://shop.example/shoes/41');
    await opens(service.messaging, visitor);
    await opens(service.messaging, visitor);
    const { thread, messages } = await eventually(async () => {
      const resumed = await threadOf(visitor);
      expect(resumed.thread).not.toBeNull();
      return resumed;
    });
    expect(messages.map(({ author, text }) => [author.kind, text])).toEqual([
      ['bot', 'a'],
      ['bot', 'Your address?'],
    ]);
    const id = thread?.id ?? '';
    expect(await conversationNow(service.messaging, id)).toMatchObject({
      ...{ status: 'OPEN', unread: false, waitingForReply: false, lastPosition: 2 },
    });
    const events = await eventsOf(service, id, 3);
    expect(kindsOf(events)).toEqual(['opened', 'message-added', 'message-added']);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);

    await says(service.messaging, visitor, 'Hi');
    expect(await conversationNow(service.messaging, id)).toMatchObject({ unread: true, waitingForReply: true });
    await fillsForm(service.messaging, visitor, { email: `${randomUUID()}@example.com` }, 'address');
    expect(await botTexts(id)).toEqual(['a', 'Your address?', 'thanks']);
  });

  test('nobody is greeted on another page, with the flow turned off, or in a conversation that is there', async () => {
    await publish(onPage('/shoes', message('a')));
    const elsewhere = at('https://shop.example/hats');
    await opens(service.messaging, elsewhere);
    const { visitor, conversationId } = await begins();
    await opens(service.messaging, { ...visitor, page: { url: 'https://shop.example/shoes', title: null } });
    await says(service.messaging, visitor, 'still nobody');
    expect(await botTexts(conversationId)).toEqual([]);
    await publish({ ...onPage(null, message('a')), enabled: false });
    const off = at('https://shop.example/shoes');
    await opens(service.messaging, off);
    // The lanes keep the order of one visitor: what follows was stored after.
    for (const one of [elsewhere, off]) {
      const { seq } = await says(service.messaging, one, 'first words');
      expect(seq).toBe(1);
    }
  });
});
