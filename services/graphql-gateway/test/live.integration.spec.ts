import { type AgentClient, eventually, type Stack, startStack } from '@conversations/testing';
import { codesOf, graphql, INBOX_CHANGED, RawSocket, visitorWrites } from './raw-requests';

const RING = 60;
const REPLAY_LIMIT = 30;

let stack: Stack;
let amelie: AgentClient;
let tom: AgentClient;
const sockets: RawSocket[] = [];

beforeAll(async () => {
  stack = await startStack({
    replicas: { 'graphql-gateway': 2 },
    env: {
      GRAPHQL_EVENT_RING: String(RING),
      GRAPHQL_REPLAY_LIMIT: String(REPLAY_LIMIT),
      CHAT_OFFLINE_GRACE_SECONDS: '1',
    },
  });
  [amelie, tom] = await Promise.all([stack.signIn('amelie'), stack.signIn('tom')]);
}, 120_000);
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await Promise.all([amelie.close(), tom.close()]);
});
afterAll(() => stack.stop());

function socket(headers: { cookie?: string; origin?: string } = {}, replica = 0, protocol?: string): RawSocket {
  const opened = new RawSocket(
    stack.gatewayUrls[replica]!,
    { cookie: amelie.cookie, origin: stack.installation.publicOrigin, ...headers },
    protocol,
  );
  sockets.push(opened);
  return opened;
}

/** The first events of an inbox subscription that resumes after `after`. */
async function follow(after: string | null, replica = 0): Promise<RawSocket> {
  const opened = await socket({}, replica).acknowledged();
  opened.subscribe('1', INBOX_CHANGED, { after });
  await eventually(() => expect(opened.events('1').length).toBeGreaterThan(0));
  return opened;
}

const upserts = (opened: RawSocket) =>
  opened.events('1').filter(({ __typename }) => __typename === 'ConversationUpserted');
const textsOf = (opened: RawSocket) =>
  upserts(opened).flatMap((event) => {
    const { notify, conversation } = event as unknown as {
      notify: boolean;
      conversation: { lastMessage: { text: string } };
    };
    return notify ? [conversation.lastMessage.text] : [];
  });

describe('security row 12: a WebSocket from elsewhere is refused before the upgrade', () => {
  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['no origin', { origin: undefined }, 403],
    ['no session', { cookie: undefined }, 401],
    ['an unknown session', { cookie: `conversations-session=${'A'.repeat(43)}` }, 401],
  ])('%s', async (_name, headers, status) => {
    const refused = socket(headers);
    await eventually(() => expect(refused.refused).toBe(status));
    expect(refused.frames).toEqual([]);
  });

  it('another protocol', async () => {
    const refused = socket({}, 0, 'graphql-ws');
    await eventually(() => expect(refused.refused).toBe(400));
  });
});

describe('security row 13: a socket serves subscriptions only, within the same limits', () => {
  const aliases = Array.from({ length: 40 }, (_, i) => `a${String(i)}: __typename`).join(' ');
  it.each([
    ['a query', '{ viewer { agent { id } } }', 'BAD_USER_INPUT'],
    ['a mutation', 'mutation { setAgentActivity(input: {}) }', 'BAD_USER_INPUT'],
    ['introspection', '{ __schema { types { name } } }', 'BAD_USER_INPUT'],
    ['an alias bomb', `subscription { inboxChanged { ${aliases} } }`, 'QUERY_TOO_COMPLEX'],
    ['an unknown field', 'subscription { inboxChanged { nope } }', 'BAD_USER_INPUT'],
    [
      'two root fields',
      'subscription { inboxChanged { __typename } b: inboxChanged { __typename } }',
      'BAD_USER_INPUT',
    ],
    ['a syntax error', 'subscription {', 'BAD_USER_INPUT'],
    [
      'a variable of another type',
      'subscription ($id: ID!) { conversationChanged(id: $id) { __typename } }',
      'BAD_USER_INPUT',
    ],
  ])('%s', async (_name, query, code) => {
    const opened = await socket().acknowledged();
    opened.subscribe('1', query);
    expect((await opened.errorsOf('1'))[0]).toBe(code);
    expect(opened.events('1')).toEqual([]);
  });

  it('a frame of more than 64 kB closes it', async () => {
    const opened = await socket().acknowledged();
    opened.subscribe('1', `# ${'x'.repeat(66_000)}`);
    await eventually(() => expect(opened.closed?.code).toBe(1009));
  });

  it('silence instead of connection_init closes it after 3 s', async () => {
    const start = Date.now();
    const opened = await socket().opened();
    await eventually(() => expect(opened.closed?.code).toBe(4408));
    expect(Date.now() - start).toBeGreaterThan(2_500);
  });

  it('a subscription before connection_init, or a frame that is no frame, closes it', async () => {
    const early = await socket().opened();
    early.subscribe('1', INBOX_CHANGED);
    await eventually(() => expect(early.closed?.code).toBe(4401));
    const garbage = await socket().opened();
    garbage.send('{"type":');
    await eventually(() => expect(garbage.closed?.code).toBe(4400));
  });
});

it('a visitor message reaches every agent at every replica, once and with a call for attention', async () => {
  const all = await Promise.all([follow(null, 0), follow(null, 0), follow(null, 1)]);
  const { widget } = await visitorWrites(stack, amelie, 'Is anybody there?');
  for (const opened of all) {
    await eventually(() => expect(textsOf(opened)).toEqual(['Is anybody there?']));
    expect(opened.events('1')[0]).toMatchObject({ __typename: 'StreamReady', replaying: false });
    await eventually(() =>
      expect(opened.events('1').some(({ __typename }) => __typename === 'InboxCountersChanged')).toBe(true),
    );
  }
  await widget.close();
});

it('a client that comes back to another replica gets what it missed, in order and without a gap', async () => {
  const [first, other] = await Promise.all([follow(null, 0), follow(null, 1)]);
  const { widget } = await visitorWrites(stack, amelie, 'before');
  await eventually(() => expect(textsOf(first)).toEqual(['before']));
  const cursor = upserts(first).at(-1)!.cursor!;
  first.close();

  const missed = ['one', 'two', 'three', 'four', 'five'];
  for (const text of missed) await widget.write(text);
  // A replica can replay only what it has heard.
  await eventually(() => expect(textsOf(other)).toEqual(['before', ...missed]));
  const again = await follow(cursor, 1);
  expect(again.events('1')[0]).toMatchObject({ __typename: 'StreamReady', cursor, replaying: true });
  await widget.write('six');
  await eventually(() => expect(textsOf(again)).toEqual([...missed, 'six']));
  await widget.close();
});

it('a gateway that was killed and restarted still resumes its clients', async () => {
  const first = await follow(null, 1);
  const { widget } = await visitorWrites(stack, amelie, 'before the crash');
  await eventually(() => expect(textsOf(first)).toEqual(['before the crash']));
  const { cursor } = upserts(first).at(-1)!;
  await stack.services['graphql-gateway'][1]!.kill();
  await widget.write('while it was down');
  await stack.services['graphql-gateway'][1]!.restart();
  const again = await follow(cursor!, 1);
  await eventually(() => expect(textsOf(again)).toEqual(['while it was down']));
  await widget.close();
}, 60_000);

describe('a client that cannot be resumed is told to load again, and the stream goes on', () => {
  it('CURSOR_UNKNOWN for a cursor that nobody gave out', async () => {
    const opened = await follow(Buffer.from('7@2020-01-01T00:00:00Z').toString('base64url'));
    expect(opened.events('1')[0]).toMatchObject({ __typename: 'ResyncRequired', reason: 'CURSOR_UNKNOWN' });
    const { widget } = await visitorWrites(stack, amelie, 'after the resync');
    await eventually(() => expect(textsOf(opened)).toEqual(['after the resync']));
    await widget.close();
  });

  it('TOO_MANY_EVENTS when it missed more than it may catch up on, CURSOR_EXPIRED when the ring has passed it', async () => {
    const { widget } = await visitorWrites(stack, amelie, 'the first of many');
    const first = await follow(null);
    const { cursor } = first.events('1')[0]!;
    const write = async (count: number) => {
      for (let i = 1; i <= count; i += 1) await widget.write(`message ${String(i)}`);
      await eventually(() => expect(textsOf(first).at(-1)).toBe(`message ${String(count)}`));
    };
    await write(REPLAY_LIMIT + 1);
    const many = await follow(cursor!);
    expect(many.events('1')[0]).toMatchObject({ __typename: 'ResyncRequired', reason: 'TOO_MANY_EVENTS' });
    await write(RING);
    const old = await follow(cursor!);
    expect(old.events('1')[0]).toMatchObject({ __typename: 'ResyncRequired', reason: 'CURSOR_EXPIRED' });
    // The cursor that came with it is good; whether something has happened since is left to chance.
    const { cursor: good } = old.events('1')[0]!;
    const fresh = await follow(good!);
    expect(fresh.events('1')[0]).toMatchObject({ __typename: 'StreamReady', cursor: good });
    await widget.close();
  }, 60_000);
});

it('the cursor of a mutation is that of its event in the stream', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Please answer');
  const opened = await follow(null, 1);
  const input = {
    conversationId: conversation.id,
    channel: 'WEB_CHAT',
    text: 'Here I am',
    clientMessageId: crypto.randomUUID(),
  };
  // An answer waits 300 ms for the event and then has no cursor; sent again, the message is the same.
  const sendMessage = await eventually(async () => {
    const answer = await graphql(
      stack.gatewayUrls[0]!,
      amelie.cookie,
      'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { cursor conversation { version } errors { code } } }',
      { input },
    );
    const { sendMessage: sent } = answer.body.data as {
      sendMessage: { cursor: string; conversation: { version: number }; errors: unknown[] };
    };
    expect(sent).toMatchObject({ cursor: expect.any(String), errors: [] });
    return sent;
  });
  const echo = await eventually(() => {
    const found = upserts(opened).find(({ cursor }) => cursor === sendMessage.cursor);
    if (found === undefined) throw new Error('no echo yet');
    return found;
  });
  expect(echo).toMatchObject({ conversation: { id: conversation.id, version: sendMessage.conversation.version } });
  await widget.close();
});

it('an open thread gets its messages and activity lines with the cursors of its pages', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'What do I get?');
  const opened = await socket().acknowledged();
  opened.subscribe(
    '1',
    `subscription ($id: ID!) { conversationChanged(id: $id) { __typename ... on TimelineItemAdded {
      edge { cursor node { __typename ... on Message { id } ... on ConversationActivity { id kind } } } } } }`,
    { id: conversation.id },
  );
  await eventually(() => expect(opened.events('1', 'conversationChanged').length).toBeGreaterThan(0));
  await widget.write('Anything?');
  await amelie.complete(conversation.id);
  const answer = await graphql(
    stack.gatewayUrls[0]!,
    amelie.cookie,
    `
      query ($id: ID!) {
        conversation(id: $id) {
          timeline(last: 2) {
            edges {
              cursor
              node {
                __typename
                ... on Message {
                  id
                }
                ... on ConversationActivity {
                  id
                  kind
                }
              }
            }
          }
        }
      }
    `,
    { id: conversation.id },
  );
  const { conversation: stored } = answer.body.data as { conversation: { timeline: { edges: unknown[] } } };
  const pushed = () => opened.events('1', 'conversationChanged').flatMap((event) => event['edge'] ?? []);
  await eventually(() => expect(pushed().slice(-2)).toEqual(stored.timeline.edges));
  await widget.close();
});

it("agents see each other's activity but not their own, and may tell it every 3 s", async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Who is looking?');
  const query = `subscription ($id: ID!) { conversationChanged(id: $id) { __typename
    ... on AgentActivityChanged { agentActivity { agent { displayName } writing } } } }`;
  const [hers, his] = await Promise.all([socket().acknowledged(), socket({ cookie: tom.cookie }, 1).acknowledged()]);
  for (const opened of [hers, his]) {
    opened.subscribe('1', query, { id: conversation.id });
    await eventually(() => expect(opened.events('1', 'conversationChanged').length).toBeGreaterThan(0));
  }
  const tell = () =>
    graphql(
      stack.gatewayUrls[0]!,
      amelie.cookie,
      'mutation ($input: AgentActivityInput!) { setAgentActivity(input: $input) }',
      { input: { conversationId: conversation.id, writing: true } },
    );
  // Together: one that is sent after the other was seen may come 3 s later.
  const answers = await Promise.all([tell(), tell()]);
  const [taken, refused] = answers.toSorted((a, b) => codesOf(a).length - codesOf(b).length);
  expect(taken!.body.data).toEqual({ setAgentActivity: true });
  expect(codesOf(refused!)).toEqual(['RATE_LIMITED']);
  expect(refused!.body.errors?.[0]?.extensions?.retryAfterMs).toBeLessThanOrEqual(3_000);
  const seenBy = (opened: RawSocket) =>
    opened
      .events('1', 'conversationChanged')
      .map(({ agentActivity }) => agentActivity)
      .findLast((activity) => activity !== undefined);
  await eventually(() => expect(seenBy(his)).toEqual([{ agent: { displayName: 'Amélie Laurent' }, writing: true }]));
  await eventually(() => expect(seenBy(hers)).toEqual([]));
  // The widget hears of it too; both forget it by themselves.
  await eventually(() => expect(widget.frames).toContainEqual(expect.objectContaining({ t: 'typing', on: true })));
  await eventually(() => expect(seenBy(his)).toEqual([]));
  await widget.close();
}, 60_000);

it('a reply ends the writing at once, whichever replica takes it', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Who writes?');
  const his = await socket({ cookie: tom.cookie }, 1).acknowledged();
  his.subscribe(
    '1',
    `subscription ($id: ID!) { conversationChanged(id: $id) { __typename
      ... on AgentActivityChanged { agentActivity { writing } } } }`,
    { id: conversation.id },
  );
  await eventually(() => expect(his.events('1', 'conversationChanged').length).toBeGreaterThan(0));
  const told = () => his.events('1', 'conversationChanged').flatMap(({ agentActivity }) => agentActivity ?? []);
  const { id: conversationId } = conversation;
  const [one, other] = stack.gatewayUrls;
  const tell = 'mutation ($input: AgentActivityInput!) { setAgentActivity(input: $input) }';
  await graphql(one!, amelie.cookie, tell, { input: { conversationId, writing: true } });
  await eventually(() => expect(told()).toEqual([{ writing: true }]));
  const send = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { errors { code } } }';
  const input = { conversationId, channel: 'WEB_CHAT', text: 'I do', clientMessageId: crypto.randomUUID() };
  await graphql(other!, amelie.cookie, send, { input });
  // Never told it expires, and then nobody is here.
  await eventually(() => expect(told()).toEqual([{ writing: true }, { writing: false }]));
  await widget.close();
});

it('presence: the dot and the page follow the visitor, and the list can be narrowed to who is online', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'I am here');
  const ask = async () => {
    const answer = await graphql(
      stack.gatewayUrls[1]!,
      amelie.cookie,
      `
        query ($id: ID!) {
          conversation(id: $id) {
            visitor {
              presence {
                state
              }
            }
          }
          conversations(filter: { visitorOnline: true }) {
            nodes {
              id
            }
          }
        }
      `,
      { id: conversation.id },
    );
    const data = answer.body.data as {
      conversation: { visitor: { presence: { state: string } } };
      conversations: { nodes: { id: string }[] };
    };
    return {
      state: data.conversation.visitor.presence.state,
      listed: data.conversations.nodes.some(({ id }) => id === conversation.id),
    };
  };
  await eventually(async () => expect(await ask()).toEqual({ state: 'ONLINE', listed: true }));
  const feed = await tom.followConversation(conversation.id);
  await widget.close();
  await eventually(() =>
    expect(feed.events.findLast(({ visitor }) => visitor !== undefined)?.visitor?.presence.state).toBe('OFFLINE'),
  );
  await eventually(async () => expect(await ask()).toEqual({ state: 'OFFLINE', listed: false }));
});

it('presence: a thread that was opened while nobody could say whose it is hears of its visitor afterwards', async () => {
  const { widget, conversation } = await visitorWrites(stack, amelie, 'In an outage');
  const [service] = stack.services.conversation;
  await service!.kill();
  const opened = await socket().acknowledged();
  opened.subscribe(
    '1',
    `subscription ($id: ID!) { conversationChanged(id: $id) { __typename
      ... on VisitorPresenceChanged { visitor { presence { state } } } } }`,
    { id: conversation.id },
  );
  const events = () => opened.events('1', 'conversationChanged');
  await eventually(() => expect(events()).toContainEqual({ __typename: 'StreamReady' }));
  await widget.close();
  await service!.restart();
  await eventually(() => expect(events().at(-1)).toMatchObject({ visitor: { presence: { state: 'OFFLINE' } } }));
}, 60_000);

it('a reader that stops reading holds nobody up; when it reads again it is told to load again', async () => {
  const quick = await follow(null);
  const { widget } = await visitorWrites(stack, amelie, 'a slow reader');
  const texts = Array.from({ length: 25 }, (_, i) => `t${String(i)}: text`).join(' ');
  const slow = await socket().acknowledged();
  const operations = Array.from({ length: 20 }, (_, i) => String(i));
  for (const id of operations)
    slow.subscribe(
      id,
      `subscription S${id} { inboxChanged { __typename ... on ResyncRequired { reason }
        ... on ConversationUpserted { conversation { version lastMessage { ${texts} } } } } }`,
    );
  await eventually(() => expect(operations.filter((id) => slow.events(id).length > 0)).toHaveLength(20));
  slow.socket.pause();
  // Each message is 125 kB for each of the 20 subscriptions: far more than the buffers between both ends hold.
  const letters = Array.from({ length: 20 }, (_, i) => `${String(i)} ${'x'.repeat(4_900)}`);
  for (const letter of letters) await widget.write(letter);
  await eventually(() => expect(textsOf(quick)).toEqual(['a slow reader', ...letters]));
  slow.socket.resume();
  const isResync = (event: { __typename: string }) => event.__typename === 'ResyncRequired';
  await eventually(() => {
    const resynced = operations.filter((id) => slow.events(id).some(isResync));
    expect(resynced.length).toBeGreaterThan(0);
    for (const id of resynced) expect(slow.events(id).find(isResync)).toMatchObject({ reason: 'SLOW_CONSUMER' });
  });
  await widget.write('and on it goes');
  await eventually(() => {
    for (const id of operations) expect(JSON.stringify(slow.events(id).at(-1))).toContain('and on it goes');
  });
  await widget.close();
}, 60_000);

it('when the broker lost everything, every subscription is told to load again and then goes on', async () => {
  const all = await Promise.all([follow(null, 0), follow(null, 1)]);
  const { widget } = await visitorWrites(stack, amelie, 'before the loss');
  for (const opened of all) await eventually(() => expect(textsOf(opened).at(-1)).toBe('before the loss'));
  const heard = all.map(textsOf);
  await stack.nats.stop();
  await stack.nats.wipe();
  await stack.nats.restart();
  for (const opened of all)
    await eventually(
      () =>
        expect(opened.events('1')).toContainEqual(
          expect.objectContaining({ __typename: 'ResyncRequired', reason: 'CURSOR_UNKNOWN' }),
        ),
      { timeoutMs: 30_000 },
    );
  await widget.write('after the loss', { timeoutMs: 30_000 });
  for (const [index, opened] of all.entries())
    await eventually(() => expect(textsOf(opened)).toEqual([...heard[index]!, 'after the loss']));
  await widget.close();
}, 90_000);
