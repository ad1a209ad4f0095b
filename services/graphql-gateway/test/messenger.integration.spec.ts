import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { newBlobKey, openBlobStore } from '@conversations/blob-store';
import type { DataOf } from '@conversations/contracts';
import {
  MessengerDeliveryChanged,
  MessengerMessageChanged,
  MessengerMessageReceived,
  MessengerPageChanged,
  MessengerProfileChanged,
  messengerThreadKey,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { createLogger, newId } from '@conversations/runtime';
import { type AgentClient, eventually, type Stack, startStack } from '@conversations/testing';
import { RawSocket } from './raw-requests';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/pooBPQAAAABJRU5ErkJggg==',
  'base64',
);
const HOUR = 60 * 60 * 1000;
const THREAD = /* GraphQL */ `
  query ($id: ID!) {
    conversation(id: $id) {
      title
      contact {
        id
      }
      visitor {
        id
      }
      messengerProfile {
        id
        displayName
        avatarUrl
      }
      replyOptions {
        channel
        available
        default
        recipient
        disabledReason
        notice
        windowClosesAt
        maxLength
      }
      timeline(last: 50) {
        nodes {
          ... on Message {
            id
            channel
            text
            author {
              __typename
              ... on MessengerProfile {
                id
                displayName
              }
            }
            messenger {
              reaction
              edited
              unsent
              external
              unsupported
              media
            }
            email {
              subject
            }
            delivery {
              state
              failureCode
              detail
              retryable
            }
          }
        }
      }
    }
  }
`;
const ROWS = /* GraphQL */ `
  subscription {
    inboxChanged {
      __typename
      ... on ConversationUpserted {
        notify
        conversation {
          id
          title
          messengerProfile {
            displayName
            avatarUrl
          }
          lastMessage {
            text
            author {
              __typename
              ... on MessengerProfile {
                displayName
              }
            }
          }
        }
      }
    }
  }
`;
const SEND = /* GraphQL */ `
  mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        id
        channel
        delivery {
          state
        }
      }
      errors {
        __typename
        code
        ... on ReplyWindowClosedError {
          closedAt
        }
      }
    }
  }
`;

type Received = DataOf<typeof MessengerMessageReceived>;
interface Thread {
  title: string;
  contact: null;
  visitor: null;
  messengerProfile: { id: string; displayName: string; avatarUrl: string | null };
  replyOptions: { channel: string; available: boolean; windowClosesAt: string | null; disabledReason: string | null }[];
  timeline: { nodes: { id: string; text: string; delivery: object | null }[] };
}
interface Row {
  __typename: string;
  notify?: boolean;
  conversation?: {
    id: string;
    title: string;
    messengerProfile: Thread['messengerProfile'];
    lastMessage: { text: string; author: { displayName?: string } };
  };
}

let stack: Stack;
let amelie: AgentClient;
let messaging: Messaging;

beforeAll(async () => {
  // The tests say what became of a reply; the connector would say that it has no such page.
  stack = await startStack({ replicas: { 'messenger-connector': 0 } });
  amelie = await stack.signIn('amelie');
  const log = createLogger('test', { level: 'fatal' });
  messaging = await Messaging.connect({ servers: stack.nats.url, name: 'test', log });
}, 120_000);
afterAll(async () => {
  await messaging?.drain();
  await stack?.stop();
});

const hoursFromNow = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

function newPerson(displayName = 'Facebook visitor 6789'): Pick<Received, 'threadKey' | 'profile'> {
  const threadKey = messengerThreadKey('104', randomUUID());
  const id = `mpr_${randomUUID().replaceAll('-', '')}`;
  return { threadKey, profile: { id, pageId: '104', pageName: 'Demo shop', displayName, avatar: null } };
}
type Person = ReturnType<typeof newPerson>;

/** A person writes; resolves with the conversation's id and the message as it was told. */
async function writes(person: Person, text: string, more: Partial<Received> = {}) {
  const now = new Date().toISOString();
  const data: Received = {
    ...person,
    messageId: newId('msg'),
    idempotencyKey: `messenger:104:${randomUUID()}`,
    direction: 'INBOUND',
    text,
    attachments: [],
    media: 'READY',
    unsupported: false,
    window: { closesAt: hoursFromNow(24), humanAgentUntil: null },
    sentAt: now,
    receivedAt: now,
    ...more,
  };
  await messaging.publish(MessengerMessageReceived, person.threadKey, data);
  const id = await eventually(async () => {
    const found = (await amelie.inbox()).find(({ lastMessage }) => lastMessage?.id === data.messageId);
    if (found === undefined) throw new Error('not in the inbox');
    return found.id;
  });
  return { id, data };
}

const thread = async (id: string) => (await amelie.request<{ conversation: Thread }>(THREAD, { id })).conversation;
const messengerOption = ({ replyOptions }: Thread) => replyOptions.find(({ channel }) => channel === 'MESSENGER');
const send = async (conversationId: string, text: string) => {
  const input = { conversationId, channel: 'MESSENGER', text, clientMessageId: randomUUID() };
  const { sendMessage } = await amelie.request<{
    sendMessage: { message: { id: string } | null; errors: { closedAt?: string }[] };
  }>(SEND, { input });
  return sendMessage;
};
const profileRequests = async () => {
  const text = await (await fetch(stack.services['graphql-gateway'][0]!.url('/metrics'))).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith('conversations_requests_total') && line.includes('get-messenger-profiles'))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};

it('a thread on Messenger shows the person, what happened to each message, and how long it can be answered', async () => {
  const person = newPerson();
  const { id, data } = await writes(person, 'Is the red one in stock?');
  await messaging.publish(MessengerMessageChanged, person.threadKey, {
    threadKey: person.threadKey,
    targetKey: data.idempotencyKey,
    change: { kind: 'REACTION', emoji: '❤' },
    window: null,
    at: new Date().toISOString(),
  });
  await eventually(async () =>
    expect(await thread(id)).toMatchObject({
      title: 'Facebook visitor 6789',
      contact: null,
      visitor: null,
      messengerProfile: { id: person.profile.id, displayName: 'Facebook visitor 6789', avatarUrl: null },
      timeline: {
        nodes: [
          {},
          {
            channel: 'MESSENGER',
            author: { __typename: 'MessengerProfile', id: person.profile.id, displayName: 'Facebook visitor 6789' },
            messenger: {
              ...{ reaction: '❤', edited: false, unsent: false },
              ...{ external: false, unsupported: false, media: 'READY' },
            },
            email: null,
            delivery: null,
          },
        ],
      },
    }),
  );
  expect(messengerOption(await thread(id))).toEqual({
    ...{ channel: 'MESSENGER', available: true, default: true, recipient: 'Facebook visitor 6789' },
    ...{ disabledReason: null, notice: null, windowClosesAt: data.window?.closesAt, maxLength: 2_000 },
  });
  const { node } = await amelie.request<{ node: object }>(
    '{ node(id: "ID") { __typename ... on MessengerProfile { displayName } } }'.replace('ID', person.profile.id),
  );
  expect(node).toEqual({ __typename: 'MessengerProfile', displayName: 'Facebook visitor 6789' });
});

it('a picture is served to signed-in agents of this installation only, and only as a picture', async () => {
  const store = openBlobStore({ BLOB_STORE_DIR: stack.installation.blobFolder! })!;
  const pictured = async (contentType: string) => {
    const person = newPerson('Ben Ito');
    const storageKey = newBlobKey();
    await store.put(storageKey, Readable.from([PNG]), { maxBytes: 1_000 });
    const profile = { ...person.profile, avatar: { storageKey, contentType } };
    return thread((await writes({ ...person, profile }, `hello ${contentType}`)).id);
  };
  const get = (url: string, cookie?: string) => fetch(url, { headers: cookie === undefined ? {} : { cookie } });

  const { avatarUrl, id } = (await pictured('image/png')).messengerProfile;
  expect(avatarUrl).toBe(`${stack.installation.publicOrigin}/messenger-profiles/${id}/avatar?inline=image`);
  const answer = await get(avatarUrl!, (await stack.signIn('vera')).cookie);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^inline/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  });
  expect((await get(avatarUrl!)).status).toBe(401);
  for (const other of [`mpr_${'0'.repeat(32)}`, 'mpr_..%2F..%2Fetc', '*'])
    expect((await get(avatarUrl!.replace(id, other), amelie.cookie)).status).toBe(404);

  const { messengerProfile: page } = await pictured('text/html');
  expect(page.avatarUrl).toBeNull();
  expect((await get(avatarUrl!.replace(id, page.id), amelie.cookie)).status).toBe(404);
});

it('rows are pushed with name and picture, and who is known is not asked for again until something changed', async () => {
  const socket = new RawSocket(stack.gatewayUrls[0]!, { cookie: amelie.cookie, origin: amelie.origin });
  try {
    await socket.acknowledged();
    socket.subscribe('1', ROWS);
    await eventually(() => expect(socket.events('1').length).toBeGreaterThan(0));
    const rows = () => (socket.events('1') as unknown as Row[]).flatMap((event) => event.conversation ?? []);
    const person = newPerson();
    await writes(person, 'first');
    await eventually(() => expect(rows().at(-1)).toMatchObject({ lastMessage: { text: 'first' } }));
    const asked = await profileRequests();
    await writes(person, 'second');
    await eventually(() =>
      expect(rows().at(-1)).toMatchObject({
        title: 'Facebook visitor 6789',
        messengerProfile: { displayName: 'Facebook visitor 6789', avatarUrl: null },
        lastMessage: { text: 'second', author: { displayName: 'Facebook visitor 6789' } },
      }),
    );
    expect(await profileRequests()).toBe(asked);

    const { threadKey, profile } = person;
    const avatar = { storageKey: newBlobKey(), contentType: 'image/png' };
    await messaging.publish(MessengerProfileChanged, threadKey, {
      threadKey,
      profile: { ...profile, displayName: 'Ben Ito', avatar },
      window: null,
      at: new Date().toISOString(),
    });
    await eventually(() =>
      expect(rows().at(-1)).toMatchObject({
        title: 'Ben Ito',
        messengerProfile: { displayName: 'Ben Ito', avatarUrl: expect.stringContaining(profile.id) },
        lastMessage: { text: 'second', author: { displayName: 'Ben Ito' } },
      }),
    );
  } finally {
    socket.close();
  }
});

it('screens hear when a page cannot send any more, and when it can again; what was told before is not told again', async () => {
  const socket = new RawSocket(stack.gatewayUrls[0]!, { cookie: amelie.cookie, origin: amelie.origin });
  try {
    await socket.acknowledged();
    const fields = '__typename ... on ChannelChanged { kind name canSend }';
    socket.subscribe('1', `subscription { inboxChanged { ${fields} } }`);
    await eventually(() => expect(socket.events('1').length).toBeGreaterThan(0));
    const told = () => socket.events('1').filter((event) => event['__typename'] === 'ChannelChanged');
    const says = (canSend: boolean, at: string) =>
      messaging.publish(MessengerPageChanged, '306', { pageId: '306', pageName: 'Demo bakery', canSend, at });
    const page = { __typename: 'ChannelChanged', kind: 'MESSENGER', name: 'Demo bakery' };
    await says(false, '2026-11-22T13:36:00.000Z');
    await eventually(() => expect(told()).toEqual([{ ...page, canSend: false }]));
    await says(true, '2026-11-22T13:35:00.000Z');
    await says(true, '2026-11-22T13:37:00.000Z');
    await eventually(() => expect(told()).toHaveLength(2));
    expect(told()[1]).toEqual({ ...page, canSend: true });
  } finally {
    socket.close();
  }
});

it('a completed conversation is not opened again while a newer one with the person is open, and says so', async () => {
  const person = newPerson();
  const { id } = await writes(person, 'thanks');
  await amelie.complete(id);
  const { id: newer } = await writes(person, 'one more thing');
  expect(newer).not.toBe(id);
  await expect(amelie.reopen(id)).rejects.toThrow('ANOTHER_CONVERSATION_OPEN');
  await amelie.complete(newer);
  expect((await amelie.reopen(id)).status).toBe('OPEN');
});

it('behaviour 20: over the window an answer is refused with the time at which it closed; a page that is down says so', async () => {
  const closesAt = hoursFromNow(-1);
  const { id } = await writes(newPerson(), 'long ago', { window: { closesAt, humanAgentUntil: null } });
  expect(messengerOption(await thread(id))).toMatchObject({
    ...{ available: false, disabledReason: 'MESSENGER_WINDOW_CLOSED', windowClosesAt: closesAt },
  });
  expect(await send(id, 'too late')).toEqual({
    message: null,
    errors: [{ __typename: 'ReplyWindowClosedError', code: 'REPLY_WINDOW_CLOSED', closedAt: closesAt }],
  });
  const person = newPerson();
  const elsewhere = { ...person, profile: { ...person.profile, pageId: '205' } };
  const { id: other } = await writes(elsewhere, 'hello');
  const page = { pageId: '205', pageName: 'Demo shop', canSend: false, at: new Date().toISOString() };
  await messaging.publish(MessengerPageChanged, page.pageId, page);
  await eventually(async () =>
    expect(messengerOption(await thread(other))).toMatchObject({ available: false, disabledReason: 'CHANNEL_DOWN' }),
  );
});

it('an answer that Facebook refuses shows its words and closes the window on the screen', async () => {
  const { id } = await writes(newPerson(), 'hello');
  const { message } = await send(id, 'good morning');
  await messaging.publish(MessengerDeliveryChanged, id, {
    conversationId: id,
    messageId: message!.id,
    state: 'FAILED',
    failureCode: 'WINDOW',
    detail: 'This message is sent outside of allowed window.',
    retryable: true,
    attempt: 1,
    at: new Date().toISOString(),
  });
  await eventually(async () => {
    const { timeline, ...options } = await thread(id);
    expect(timeline.nodes.find((node) => node.id === message!.id)?.delivery).toEqual({
      state: 'FAILED',
      failureCode: 'WINDOW',
      detail: 'This message is sent outside of allowed window.',
      retryable: true,
    });
    expect(messengerOption({ timeline, ...options })).toMatchObject({ disabledReason: 'MESSENGER_WINDOW_CLOSED' });
  });
});
