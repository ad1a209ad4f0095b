import { openBlobStore, newBlobKey } from '@conversations/blob-store';
import {
  type DataOf,
  EmailDeliveryChanged,
  EmailMessageReceived,
  FindAgentAddresses,
  GetMessages,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { createLogger, newId } from '@conversations/runtime';
import { type AgentClient, eventually, type Stack, startStack } from '@conversations/testing';
import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { codesOf, graphql } from './raw-requests';

const MAIL = /* GraphQL */ `
  query Mail($id: ID!, $remoteImages: Boolean!) {
    node(id: $id) {
      ... on Message {
        author {
          __typename
          ... on MailParticipant {
            id
            displayName
            address
          }
        }
        delivery {
          state
        }
        email {
          subject
          source
          hasHtml
          html(remoteImages: $remoteImages)
          quotedText
          stranger
          originalUrl
          from {
            address
          }
        }
      }
    }
  }
`;

interface Shown {
  author: { __typename: string; id?: string; address?: string };
  delivery: { state: string } | null;
  email: { html: string | null; quotedText: string | null; originalUrl: string | null; stranger: boolean };
}

let stack: Stack;
let amelie: AgentClient;
let admin: AgentClient;
let messaging: Messaging;

beforeAll(async () => {
  stack = await startStack({ env: { EMAIL_CHANNEL: 'on' } });
  [amelie, admin] = await Promise.all([stack.signIn('amelie'), stack.signIn('admin')]);
  const { url, user, password } = stack.installation.nats;
  messaging = await Messaging.connect({
    servers: url,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    name: 'test',
    log: createLogger('test', { level: 'silent' }),
  });
}, 120_000);
afterEach(() => (stack.catcher.mood = {}));
afterAll(async () => {
  await messaging.drain();
  await stack.stop();
});

async function stored(content: string): Promise<string> {
  const key = newBlobKey();
  const store = openBlobStore({ BLOB_STORE_DIR: stack.installation.blobFolder });
  await store?.put(key, Readable.from([Buffer.from(content)]), { maxBytes: 1_000_000 });
  return key;
}

type Mail = DataOf<typeof EmailMessageReceived>;

/** What email-ingest publishes; resolves with the stored message. */
async function arrives(given: Partial<Mail>) {
  const address = `ann.${randomUUID()}@example.com`;
  const data = EmailMessageReceived.schema.parse({
    ...EmailMessageReceived.example,
    messageId: newId('msg'),
    idempotencyKey: `email:${randomUUID()}`,
    rfcMessageId: `${randomUUID()}@mail.example.com`,
    from: { name: 'Ann Okafor', address },
    rawKey: newBlobKey(),
    ...given,
  });
  await messaging.publish(EmailMessageReceived, `email:${data.from.address}`, data);
  return eventually(async () => {
    const { items } = await messaging.request(GetMessages, { ids: [data.messageId] });
    if (!items[0]) throw new Error('not stored yet');
    return items[0];
  });
}

async function shown(id: string, remoteImages = false): Promise<Shown> {
  const answer = await graphql(stack.gatewayUrls[0] ?? '', amelie.cookie, MAIL, { id, remoteImages });
  expect(answer.body.errors).toBeUndefined();
  return (answer.body.data as { node: Shown }).node;
}

const as = (agent: AgentClient, query: string, variables: Record<string, unknown> = {}) =>
  graphql(stack.gatewayUrls[0] ?? '', agent.cookie, query, variables);

it('a mail shows its HTML with its own pictures, those from elsewhere only when asked for', async () => {
  const picture = {
    id: newId('up'),
    filename: 'logo.png',
    contentType: 'image/png',
    byteSize: 3,
    storageKey: await stored('abc'),
    inline: true,
  };
  const html = `<p>Hi<img data-attachment="${picture.id}" /><img data-remote-src="https://cdn.example/a.png" /></p>`;
  const message = await arrives({ htmlKey: await stored(html), quotedText: '> earlier', attachments: [picture] });
  const own = 'src="data:image/png;base64,YWJj"';
  const { email } = await shown(message.id);
  expect(email).toMatchObject({ source: 'DIRECT', hasHtml: true, quotedText: '> earlier' });
  expect(email.html).toBe(`<p>Hi<img ${own} /><img data-remote-src="https://cdn.example/a.png" /></p>`);
  const { email: asked } = await shown(message.id, true);
  expect(asked.html).toBe(`<p>Hi<img ${own} /><img src="https://cdn.example/a.png" /></p>`);
});

it('a mail whose HTML is not there shows its text still', async () => {
  const message = await arrives({ htmlKey: newBlobKey() });
  expect((await shown(message.id)).email.html).toBeNull();
});

it('the original is saved, never shown, and only by agents', async () => {
  const raw = 'Subject: Hi\r\n\r\n<script>alert(1)</script>';
  const message = await arrives({ rawKey: await stored(raw) });
  const { originalUrl } = (await shown(message.id)).email;
  if (originalUrl === null) throw new Error('no original');
  const answer = await fetch(originalUrl, { headers: { cookie: amelie.cookie } });
  expect(await answer.text()).toBe(raw);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'message/rfc822',
    'content-disposition': expect.stringMatching(/^attachment;/) as string,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  expect((await fetch(originalUrl)).status).toBe(401);
  const other = originalUrl.replace(message.id, newId('msg'));
  expect((await fetch(other, { headers: { cookie: amelie.cookie } })).status).toBe(404);
});

it('an original whose store is away is told apart from one that does not exist', async () => {
  const message = await arrives({ rawKey: await stored('Subject: Hi\r\n\r\nHello') });
  const gone = await arrives({ rawKey: newBlobKey() });
  const statusOf = async (id: string, method: string) => {
    const { originalUrl } = (await shown(id)).email;
    const answer = await fetch(originalUrl ?? '', { method, headers: { cookie: amelie.cookie } });
    return [answer.status, answer.headers.get('cache-control')];
  };
  const folder = stack.installation.blobFolder ?? '';
  await rename(folder, `${folder}-away`);
  try {
    for (const method of ['GET', 'HEAD']) expect(await statusOf(message.id, method)).toEqual([503, 'no-store']);
  } finally {
    await rename(`${folder}-away`, folder);
  }
  expect((await statusOf(message.id, 'GET'))[0]).toBe(200);
  expect((await statusOf(gone.id, 'GET'))[0]).toBe(404);
});

it('a stranger is shown by name and address, as nobody’s contact', async () => {
  const { conversationId } = await arrives({});
  const from = { name: 'Mallory', address: 'mallory@example.com' };
  const message = await arrives({ from, tokens: [conversationId] });
  const { author, email } = await shown(message.id);
  expect(author).toEqual({
    __typename: 'MailParticipant',
    id: from.address,
    displayName: 'Mallory',
    address: from.address,
  });
  expect(email.stranger).toBe(true);
});

it('a failed answer is sent again by a person', async () => {
  // Else email-ingest says that the mail was sent, before or after the failure told below.
  stack.catcher.mood = { onRecipient: () => ({ code: 451, words: '4.3.0 Later' }) };
  const { conversationId } = await arrives({});
  const sent = await as(
    amelie,
    `mutation ($id: ID!, $uuid: UUID!) { sendMessage(input: { conversationId: $id, channel: EMAIL, text: "Hi", clientMessageId: $uuid }) { message { id } errors { code } } }`,
    { id: conversationId, uuid: randomUUID() },
  );
  const { id } = (sent.body.data as { sendMessage: { message: { id: string } } }).sendMessage.message;
  await messaging.publish(EmailDeliveryChanged, conversationId, {
    conversationId,
    messageId: id,
    state: 'FAILED',
    failureCode: 'REFUSED',
    detail: '550 no',
    retryable: true,
    attempt: 1,
    at: new Date().toISOString(),
    rfcMessageId: null,
  });
  await eventually(async () => expect((await shown(id)).delivery?.state).toBe('FAILED'));
  const retried = await as(
    amelie,
    'mutation ($id: ID!) { retryMessage(input: { messageId: $id }) { message { delivery { state } } errors { code } } }',
    { id },
  );
  expect(retried.body.data).toEqual({ retryMessage: { message: { delivery: { state: 'ACCEPTED' } }, errors: [] } });
  const unknown = await as(amelie, 'mutation { retryMessage(input: { messageId: "x" }) { errors { code } } }');
  expect(unknown.body.data).toEqual({ retryMessage: { errors: [{ code: 'NOT_FOUND' }] } });
});

it('admins note campaign mails, and an answer says what it answers', async () => {
  const register =
    'mutation ($mails: [OutboundMailInput!]!) { registerOutbound(input: { mails: $mails }) { registered errors { code path } } }';
  const address = `reader.${randomUUID()}@example.com`;
  const mail = {
    messageId: '<spring@campaign.example>',
    address,
    subject: 'Spring sale',
    sentAt: '2026-11-01T10:00:00+01:00',
  };
  const answer = await as(admin, register, { mails: [mail] });
  expect(answer.body.data).toEqual({ registerOutbound: { registered: 1, errors: [] } });
  const broken = await as(admin, register, { mails: [mail, { ...mail, messageId: '' }] });
  expect(broken.body.data).toEqual({
    registerOutbound: {
      registered: null,
      errors: [{ code: 'INVALID_INPUT', path: ['input', 'mails', '1', 'messageId'] }],
    },
  });
  expect(codesOf(await as(amelie, register, { mails: [mail] }))).toEqual(['FORBIDDEN']);
  const from = { name: null, address };
  const message = await arrives({ from, inReplyTo: 'spring@campaign.example' });
  expect(message.email).toMatchObject({ source: 'CAMPAIGN_REPLY', answersTo: 'Spring sale' });
});

it('a channel whose adapter does not answer needs attention, and blanks nothing', async () => {
  const adapters = [...stack.services['email-ingest'], ...stack.services['messenger-connector']];
  for (const adapter of adapters) await adapter.kill();
  const answer = await as(admin, '{ channels { id kind name health detail } inbox { open } }');
  expect(answer.body.errors).toBeUndefined();
  const { channels } = answer.body.data as { channels: { kind: string; health: string }[] };
  expect(channels.map(({ kind, health }) => [kind, health])).toEqual([
    ['EMAIL', 'NEEDS_ATTENTION'],
    ['MESSENGER', 'NEEDS_ATTENTION'],
  ]);
  for (const adapter of adapters) await adapter.restart();
}, 60_000);

it('the gateway knows which addresses are active agents’', async () => {
  const addresses = ['amelie@example.test', 'nobody@example.test'];
  expect(await messaging.request(FindAgentAddresses, { addresses })).toEqual({ addresses: ['amelie@example.test'] });
});

it('the HTML of more than 20 mails in one operation is refused', async () => {
  const { id } = await arrives({ htmlKey: await stored('<p>Hi</p>') });
  const many = Array.from(
    { length: 21 },
    (_, index) => `m${String(index)}: node(id: "${id}") { ... on Message { email { html } } }`,
  );
  const codes = codesOf(await as(amelie, `{ ${many.join(' ')} }`));
  expect(new Set(codes)).toEqual(new Set(['QUERY_TOO_COMPLEX']));
});
