import {
  AgentClient,
  type AgentConversation,
  DEMO_AGENTS,
  eventually,
  type TimelineNode,
} from '@conversations/testing';
import { DEMO_APP } from './local-messenger';
import { type LocalStack } from './local-stack';
import { type Progress } from './progress';

const PATIENCE = { timeoutMs: 15_000 };
const HOUR_MS = 3_600_000;

function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** Drives a Messenger conversation against the simulator: in, answered, seen; then one that came too long ago. */
export async function driveMessenger(
  stack: LocalStack,
  progress: Progress,
): Promise<{ conversation: AgentConversation; timeline: TimelineNode[] } | null> {
  const { simulator, gatewayUrl, installation } = stack;
  // Own pages are configured: nobody at Facebook is written to by a demonstration.
  if (!simulator) return null;
  const { customers, world, webhooks } = simulator;
  const page = [...world.pages.values()][0];
  holds(page !== undefined, 'the simulator has no page');
  const step = <T>(what: string, work: () => Promise<T>) => progress.step(what, work);
  const agent = await AgentClient.signIn({
    urls: [gatewayUrl],
    email: DEMO_AGENTS.amelie,
    password: installation.demoPassword,
  });
  const found = (text: string) =>
    eventually(async () => {
      const held = (await agent.inbox()).find(({ lastMessage }) => lastMessage?.text === text);
      holds(held !== undefined, `no conversation ends with "${text}"`);
      return held.id;
    }, PATIENCE);
  const stateOf = async (conversationId: string, messageId: string) => {
    const { timeline } = await agent.thread(conversationId);
    const message = timeline.find(({ id }) => id === messageId);
    return message?.__typename === 'Message' ? message.delivery?.state : undefined;
  };

  try {
    await step('the Messenger webhook is verified', async () => {
      holds(await webhooks.verify(DEMO_APP), 'the webhook did not answer with the challenge');
    });
    const zoe = customers.create({ pageId: page.id, firstName: 'Zoé', lastName: 'Lefèvre' });
    const question = `Do you deliver to Genève? (${new Date().toISOString()})`;
    const id = await step('a signed webhook brings a message into the inbox', async () => {
      await customers.write(zoe.psid, { text: question });
      const [delivery] = webhooks.deliveries.slice(-1);
      holds(delivery?.state === 'delivered', `the webhook was answered ${JSON.stringify(delivery?.attempts)}`);
      return found(question);
    });
    const answer = 'Yes, within two days.';
    const messageId = await step("the agent's answer reaches the person's Messenger", async () => {
      const { id: sent } = await agent.reply(id, answer, { channel: 'MESSENGER' });
      await eventually(() => {
        const received = world.thread(zoe.psid).filter(({ from, text }) => from === 'page' && text === answer);
        holds(received.length === 1, `the person has the answer ${received.length} times`);
      }, PATIENCE);
      return sent;
    });
    await step('the answer is marked as delivered, then as seen', async () => {
      await eventually(async () => {
        const state = await stateOf(id, messageId);
        holds(state === 'DELIVERED', `the answer is ${String(state)}`);
      }, PATIENCE);
      await customers.read(zoe.psid);
      await eventually(async () => {
        const state = await stateOf(id, messageId);
        holds(state === 'SEEN', `the answer is ${String(state)}`);
      }, PATIENCE);
    });
    await step('an answer after the 24 hours is refused', async () => {
      const late = customers.create({ pageId: page.id, firstName: 'Hugo', lastName: 'Weber' });
      const old = `Is anybody there? (${new Date().toISOString()})`;
      world.clock.moveBy(-25 * HOUR_MS);
      await customers.write(late.psid, { text: old }).finally(() => world.clock.reset());
      const refused = await agent.reply(await found(old), 'Sorry, now we are.', { channel: 'MESSENGER' }).then(
        () => 'accepted',
        (error: unknown) => String(error),
      );
      holds(refused.includes('MESSENGER_WINDOW_CLOSED'), `the answer was: ${refused}`);
      const received = world.thread(late.psid).filter(({ from }) => from === 'page');
      holds(received.length === 0, 'the person has an answer');
    });
    return await agent.thread(id);
  } finally {
    await agent.close();
  }
}
