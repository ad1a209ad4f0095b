import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type AgentClient, eventually, type Stack, startStack, type WidgetClient } from '@conversations/testing';
import { Client } from 'pg';
import { type Fault, inject, seededRandom } from './faults';
import { persistently } from './persistently';

export interface ChatbotVerdict {
  scenario: string;
  seed: number;
  flows: number;
  /** Bot messages, states and hand-overs that are not those that the flow says. */
  wrong: number;
  /** Steps that were done more than once. */
  doubled: number;
  /** Visitors whose widget does not show what the bot said. */
  unseen: number;
  faults: Partial<Record<Fault, number>>;
  seconds: number;
}

const STEPS = [
  { message: { id: 'hello', text: 'hello' } },
  { wait: { id: 'first', seconds: 2 } },
  { availability: { id: 'hours', open: [{ message: { id: 'open', text: 'open' } }], closed: [] } },
  {
    form: {
      ...{ id: 'address', prompt: 'address', submitLabel: 'Send' },
      fields: [{ key: 'EMAIL', label: 'Email', required: true }],
    },
  },
  { wait: { id: 'second', seconds: 3 } },
  { message: { id: 'thanks', text: 'thanks' } },
  { handoff: { id: 'over', text: 'over' } },
];
const SAID = ['hello', 'open', 'address', 'thanks', 'over'];

/** What a visitor does: fills in the form, leaves it, or is answered by an agent while the first wait runs. */
type Part = 'answers' | 'leaves' | 'is answered';
const PARTS: Part[] = ['answers', 'leaves', 'answers', 'is answered'];

interface Visit {
  widget: WidgetClient;
  part: Part;
}

async function publish(admin: AgentClient): Promise<void> {
  const { chatbotAutomation } = await admin.request<{ chatbotAutomation: { version: number } }>(
    '{ chatbotAutomation { version } }',
  );
  const input = {
    ...{ expectedVersion: chatbotAutomation.version, enabled: true, botName: 'Robin', steps: STEPS },
    trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE' },
  };
  const { saved } = await admin.request<{ saved: { errors: { message: string }[] } }>(
    `mutation ($input: SaveChatbotAutomationInput!) {
      saved: saveChatbotAutomation(input: $input) { errors { message } }
    }`,
    { input },
  );
  if (saved.errors.length > 0) throw new Error(saved.errors.map(({ message }) => message).join('; '));
}

const asked = (widget: WidgetClient) => widget.thread.some((message) => message.askedForm !== undefined);

/** As a browser does it: the same frame again after every reconnect, until it is acked. */
async function fillForm(widget: WidgetClient): Promise<void> {
  await eventually(() => {
    if (!asked(widget)) throw new Error('the form was not asked');
  }, PATIENCE);
  const clientId = randomUUID();
  for (let done = false; !done;) {
    widget.transmit({ t: 'form', formId: 'address', clientId, values: { email: `${clientId}@example.com` } });
    done = await widget.acked(clientId, { timeoutMs: 1_000 }).then(
      () => true,
      () => false,
    );
  }
}

const PATIENCE = { timeoutMs: 120_000, everyMs: 200 };

async function visit({ widget, part }: Visit, agent: AgentClient, database: Client): Promise<void> {
  await widget.write(`Hi ${randomUUID()}`, PATIENCE);
  if (part === 'answers') await fillForm(widget);
  if (part !== 'is answered') return;
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM conversation.conversation WHERE visitor_id = $1',
    [widget.visitor],
  );
  const clientMessageId = randomUUID();
  await persistently(() => agent.reply(rows[0]?.id ?? '', 'I am here', { clientMessageId }));
}

interface Found {
  status: string;
  handedOff: number;
  said: string[];
}

async function foundOf({ widget }: Visit, database: Client): Promise<Found> {
  const { rows } = await database.query<Found>(
    `SELECT r.status,
       (SELECT count(*)::int FROM conversation.activity a
        WHERE a.conversation_id = c.id AND a.kind = 'AUTOMATION_HANDED_OFF') AS "handedOff",
       ARRAY(SELECT m.text FROM conversation.message m
        WHERE m.conversation_id = c.id AND m.author_kind = 'automation' ORDER BY m.position) AS said
     FROM conversation.conversation c JOIN conversation.automation_run r ON r.conversation_id = c.id
     WHERE c.visitor_id = $1`,
    [widget.visitor],
  );
  return rows[0] ?? { status: 'MISSING', handedOff: 0, said: [] };
}

/** Whether a conversation ended as its flow says. Whoever was answered was so anywhere before the form was. */
function isRight({ part }: Visit, { status, handedOff, said }: Found): boolean {
  const text = said.join();
  if (part === 'answers') return status === 'ENDED' && handedOff === 1 && text === SAID.join();
  if (part === 'leaves') return status === 'ASKING' && handedOff === 0 && text === SAID.slice(0, 3).join();
  return status === 'ENDED' && handedOff === 0 && [1, 3].some((count) => text === SAID.slice(0, count).join());
}

const shownBy = ({ widget }: Visit) =>
  widget.thread.flatMap(({ author, text }) => (author.kind === 'bot' ? [text] : []));
const isSeen = (one: Visit, { said }: Found) => shownBy(one).join() === said.join();

async function connect(stack: Stack): Promise<Client> {
  const { host, port, user, password } = stack.postgres;
  const database = new Client({ host, port, user, password, database: stack.installation.database.name });
  await database.connect();
  return database;
}

/** Many flows run, with waits, while the services that run them are killed; then each is compared with what its flow says. */
export async function chatbotUnderFaults({ seed, flows }: { seed: number; flows: number }): Promise<ChatbotVerdict> {
  const started = Date.now();
  const random = seededRandom(seed);
  const stack = await startStack({ replicas: { conversation: 2, 'chat-gateway': 2 } });
  let database: Client | undefined;
  try {
    const agent = await stack.signIn('admin');
    await publish(agent);
    const client = (database = await connect(stack));
    const visits = Array.from({ length: flows }, (_, index) => ({
      widget: stack.widget(),
      part: PARTS[index % PARTS.length] ?? 'leaves',
    }));
    for (const { widget } of visits) await widget.connect();

    let quiet = false;
    const widgets = visits.map(({ widget }) => widget);
    const faults: Fault[] = ['conversation', 'chat-gateway'];
    const breaking = inject(faults, { stack, widgets, feeds: () => [] }, random, () => quiet);
    try {
      await Promise.all(
        visits.map(async (one) => {
          await delay(random() * 5_000);
          await visit(one, agent, client);
        }),
      );
      // The last waits run out while things break too.
      await delay(5_000);
    } finally {
      // Also after a failure: nothing may be started again while the stack stops.
      quiet = true;
      await breaking;
    }
    const broken = await breaking;

    const settled = async () => {
      for (const one of visits) {
        const found = await foundOf(one, client);
        if (!isRight(one, found) || !isSeen(one, found))
          throw new Error(
            `a visitor who ${one.part}: ${JSON.stringify(found)}, its widget shows ${shownBy(one).join()}`,
          );
      }
    };
    await eventually(settled, { timeoutMs: 60_000, everyMs: 500 }).catch((error: unknown) => {
      process.stderr.write(`not settled: ${error instanceof Error ? error.message : 'unknown'}\n`);
    });
    const ends = await Promise.all(visits.map(async (one) => ({ one, found: await foundOf(one, client) })));
    const count = (test: (one: Visit, found: Found) => boolean) =>
      ends.filter(({ one, found }) => test(one, found)).length;
    const verdict: ChatbotVerdict = {
      ...{ scenario: 'chatbot', seed, flows },
      wrong: count((one, found) => !isRight(one, found)),
      doubled: count((_one, { said }) => new Set(said).size < said.length),
      unseen: count((one, found) => !isSeen(one, found)),
      faults: broken,
      seconds: Math.round((Date.now() - started) / 1000),
    };
    await Promise.all(widgets.map((widget) => widget.close()));
    await agent.close();
    return verdict;
  } finally {
    await database?.end();
    await stack.stop();
  }
}
