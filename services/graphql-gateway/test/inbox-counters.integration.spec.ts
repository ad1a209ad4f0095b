import { type AgentClient, eventually, type Stack, startStack } from '@conversations/testing';
import { INBOX_CHANGED, RawSocket, visitorWrites } from './raw-requests';

interface Counters {
  unread: number;
  open: number;
  attention: boolean;
}

let stack: Stack;
let amelie: AgentClient;
let tom: AgentClient;

beforeAll(async () => {
  stack = await startStack({ replicas: { 'graphql-gateway': 2 } });
  [amelie, tom] = await Promise.all([stack.signIn('amelie'), stack.signIn('tom')]);
}, 120_000);
afterAll(() => stack.stop());

async function follow(agent: AgentClient, replica: number, after: string | null = null) {
  const { cookie, origin } = agent;
  const socket = await new RawSocket(stack.gatewayUrls[replica]!, { cookie, origin }).acknowledged();
  socket.subscribe('1', INBOX_CHANGED, { after });
  await eventually(() => expect(socket.events('1').length).toBeGreaterThan(0));
  return socket;
}
const shown = (socket: RawSocket) =>
  socket.events('1').findLast(({ __typename }) => __typename === 'InboxCountersChanged')?.['inbox'] as
    Counters | undefined;
const stored = async () => (await amelie.request<{ inbox: Counters }>('{ inbox { unread open attention } }')).inbox;

it('behaviour 2: an unread conversation puts the red dot on the screen of every agent, until somebody opens it', async () => {
  const screens = await Promise.all([follow(amelie, 0), follow(tom, 1)]);
  const show = (expected: Partial<Counters>) =>
    eventually(() => screens.forEach((screen) => expect(shown(screen)).toMatchObject(expected)));
  expect(await stored()).toEqual({ unread: 0, open: 0, attention: false });
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Hello?');
  await show({ unread: 1, open: 1, attention: true });
  await tom.open(conversation.id);
  await show({ unread: 0, open: 1, attention: false });
  await amelie.markUnread(conversation.id);
  await show({ unread: 1, attention: true });
  await tom.complete(conversation.id);
  await show({ unread: 0, open: 0, attention: false });
  await widget.write('One more thing');
  await show({ unread: 1, open: 1, attention: true });
  expect(await stored()).toEqual({ unread: 1, open: 1, attention: true });
  await amelie.open(conversation.id);
  for (const screen of screens) screen.close();
  await widget.close();
});

it('a screen that came while the numbers stood elsewhere is told when they return to those told last', async () => {
  const first = await follow(amelie, 1);
  const { widget, conversation } = await visitorWrites(stack, amelie, 'Told');
  await amelie.open(conversation.id);
  await eventually(async () => expect(shown(first)).toEqual(await stored()));
  first.close();
  const told = shown(first);
  await eventually(() => expect(first.closed).not.toBeNull());

  await widget.write('While nobody looks here');
  await eventually(async () => expect(await stored()).toMatchObject({ unread: told!.unread + 1 }));
  const second = await follow(amelie, 1);
  await amelie.open(conversation.id);
  await eventually(() => expect(shown(second)).toEqual(told));
  second.close();
  await widget.close();
});

it('numbers that could not be counted are told when the service is back', async () => {
  const first = await follow(amelie, 0);
  const { cursor } = first.events('1')[0]!;
  first.close();
  const [conversation] = stack.services.conversation;
  await conversation!.kill();
  const second = await follow(amelie, 0, cursor);
  await conversation!.restart();
  await eventually(() => expect(shown(second)).toBeDefined());
  expect(shown(second)).toEqual(await stored());
  second.close();
}, 60_000);
