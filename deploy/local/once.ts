import {
  AgentClient,
  type AgentConversation,
  DEMO_AGENTS,
  eventually,
  type TimelineNode,
  WidgetClient,
} from '@conversations/testing';
import { type LocalStack } from './local-stack';
import { driveEmail } from './once-email';
import { driveMessenger } from './once-messenger';
import { type Progress } from './progress';

const PATIENCE = { timeoutMs: 15_000 };

function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** Drives one chat conversation through the widget's socket and the agents' API, as people would. Throws at the step that does not hold. */
export async function driveConversation(stack: LocalStack, progress: Progress): Promise<void> {
  const { installation, chatUrl, gatewayUrl } = stack;
  const signIn = (agent: 'amelie' | 'tom') =>
    AgentClient.signIn({ urls: [gatewayUrl], email: DEMO_AGENTS[agent], password: installation.demoPassword });
  const step = <T>(what: string, work: () => Promise<T>) => progress.step(what, work);
  const widgets: WidgetClient[] = [];
  const browser = (token?: string) => {
    const page = { url: `${chatUrl}/demo`, title: 'Demo' };
    const widget = new WidgetClient({ urls: [chatUrl], locale: 'en', page, token });
    widgets.push(widget);
    return widget;
  };
  const agents: AgentClient[] = [];

  try {
    const [amelie, tom] = await step('two agents sign in and subscribe to the inbox', async () => {
      agents.push(await signIn('amelie'), await signIn('tom'));
      return Promise.all(agents.map(async (agent) => ({ agent, inbox: await agent.followInbox() })));
    });
    holds(amelie !== undefined && tom !== undefined, 'an agent is missing');
    const both = [amelie, tom];
    const bothSee = (id: string, expected: string, test: (conversation: AgentConversation) => boolean) =>
      eventually(() => {
        for (const { inbox } of both) {
          const held = inbox.conversations.get(id);
          holds(held !== undefined && test(held), `an agent does not see it ${expected}: ${JSON.stringify(held)}`);
        }
      }, PATIENCE);

    const visitor = browser();
    const question = `Hi, is the blue jacket in stock? (${new Date().toISOString()})`;
    await step('a visitor writes in the widget, and the message is stored', async () => {
      await visitor.connect();
      await visitor.write(question);
    });
    const id = await step('both agents see it, unread', async () => {
      const found = await eventually(async () => {
        // The chatbot may have answered by now: the question need not be the last message.
        const [newest] = await amelie.agent.inbox();
        holds(newest !== undefined, "the first agent's inbox is empty");
        const { timeline } = await amelie.agent.thread(newest.id);
        holds(saidByPeople(timeline).includes(question), "the message is not in the first agent's inbox");
        return newest.id;
      }, PATIENCE);
      await bothSee(found, 'open and unread', ({ status, unread }) => status === 'OPEN' && unread);
      return found;
    });
    await step('one agent opens it, and it is read for both', async () => {
      await amelie.agent.open(id);
      await bothSee(id, 'read', ({ unread, read }) => !unread && read !== null);
    });
    const answer = 'Yes, in every size. Shall I put one aside for you?';
    await step("the agent's answer reaches the visitor's socket", async () => {
      await amelie.agent.reply(id, answer);
      await eventually(() => {
        const arrived = visitor.frames.some((frame) => frame.t === 'msg' && frame.m.text === answer);
        holds(arrived, `the widget holds ${JSON.stringify(visitor.thread.map(({ text }) => text))}`);
      }, PATIENCE);
    });
    const returning = await step('the visitor comes back later and finds the same history', async () => {
      await visitor.close();
      holds(visitor.token !== null, 'the widget was given no token');
      const back = browser(visitor.token);
      await back.connect();
      const texts = back.thread.flatMap(({ author, text }) => (author.kind === 'bot' ? [] : [text]));
      holds(texts.join('\n') === [question, answer].join('\n'), `the history is ${JSON.stringify(texts)}`);
      return back;
    });
    await step('an agent completes the conversation for everybody', async () => {
      await tom.agent.complete(id);
      await bothSee(id, 'completed', ({ status }) => status === 'COMPLETED');
      await eventually(() => {
        const told = returning.frames.some((frame) => frame.t === 'thread' && frame.state === 'completed');
        holds(told, 'the widget was not told');
      }, PATIENCE);
    });
    const more = 'Please do, and one in red as well.';
    await step('the visitor writes again: the same conversation is open and unread', async () => {
      await returning.write(more);
      await bothSee(id, 'open and unread', ({ status, unread }) => status === 'OPEN' && unread);
    });
    const { conversation, timeline } = await step('an agent reads the whole thread', async () => {
      const thread = await tom.agent.thread(id);
      const texts = saidByPeople(thread.timeline);
      holds(texts.join('\n') === [question, answer, more].join('\n'), `the thread is ${JSON.stringify(texts)}`);
      return thread;
    });
    const mails = await driveEmail(stack, progress);
    const messenger = await driveMessenger(stack, progress);
    for (const thread of [{ conversation, timeline }, ...mails, ...(messenger ? [messenger] : [])])
      progress.say(`\n${renderThread(thread.conversation, thread.timeline)}\n`);
  } finally {
    await Promise.all([...widgets.map((widget) => widget.close()), ...agents.map((agent) => agent.close())]);
  }
}

/** Texts without the chatbot's. */
const saidByPeople = (timeline: TimelineNode[]) =>
  timeline.flatMap((item) =>
    item.__typename === 'Message' && item.author.__typename !== 'ChatbotAutomation' ? [item.text] : [],
  );

const CHANNELS: Record<string, string> = { WEB_CHAT: 'Chat', EMAIL: 'Email', MESSENGER: 'Messenger' };

const ACTIVITIES: Record<string, string> = {
  OPENED: 'opened the conversation',
  COMPLETED: 'completed the conversation',
  REOPENED: 'reopened the conversation',
  ASSIGNED: 'took over the conversation',
  CONTACT_LINKED: 'became a known contact',
  EMAIL_COLLECTED: 'left an address',
  AUTOMATION_HANDED_OFF: 'was handed over to the agents',
};

/** The thread as an agent sees it: who, channel, time, text, and the lines that only agents see. */
function renderThread({ title, status, unread, assignee }: AgentConversation, timeline: TimelineNode[]): string {
  const time = (at: string) => at.slice(11, 19);
  const owner = assignee ? `owner ${assignee.displayName}` : 'unassigned';
  const lines = timeline.flatMap((item) => {
    if (item.__typename === 'ConversationActivity') {
      const who = item.stamp.by?.displayName ?? 'Visitor';
      return [`  ─ ${who} ${ACTIVITIES[item.kind] ?? item.kind.toLowerCase()} · ${time(item.stamp.at)}`];
    }
    const bot = item.author.__typename === 'ChatbotAutomation';
    const who = bot ? 'Chatbot' : (item.author.displayName ?? item.author.__typename);
    const channel = CHANNELS[item.channel] ?? item.channel;
    return [`  ${who} · ${channel} · ${time(item.createdAt)}`, `    ${item.text}`];
  });
  return [`${title} — ${status.toLowerCase()}, ${unread ? 'unread' : 'read'}, ${owner}`, ...lines].join('\n');
}
