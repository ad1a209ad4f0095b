import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphSimulator } from '@conversations/graph-simulator';
import { type AgentClient, eventually, type Stack, startMessengerStack } from '@conversations/testing';
import { Client } from 'pg';
import { type Fault, inject, seededRandom } from './faults';
import { persistently } from './persistently';

export interface MessengerVerdict {
  scenario: 'messenger';
  seed: number;
  /** Webhook messages of all people together, and agents' replies. */
  written: number;
  answered: number;
  /** Of what people wrote: not stored in a conversation, or more than once. */
  lost: number;
  doubled: number;
  /** Of what agents wrote: received by the person more than once. */
  receivedTwice: number;
  /** Replies that end as sent, as "may not have been delivered", and in another way. */
  sent: number;
  unknown: number;
  failed: number;
  /** Said to be sent, and not received. */
  pretended: number;
  faults: Partial<Record<Fault, number>>;
  seconds: number;
}

const PEOPLE = 10;
const KILLS: readonly Fault[] = ['messenger-connector', 'conversation', 'nats', 'postgres'];
/** Meta's longest pause between the tries of a delivery that failed for a few minutes. */
const LONGEST_RETRY_MS = 5 * 60_000;
const SETTLE_MS = 240_000;

interface Written {
  psid: string;
  texts: string[];
}

/** People write and agents answer while everything in between is killed; then both sides are compared with what was said. */
export async function messengerUnderFaults(options: {
  seed: number;
  messages: number;
  replies: number;
}): Promise<MessengerVerdict> {
  const started = Date.now();
  const random = seededRandom(options.seed);
  const { stack, simulator, page, stop } = await startMessengerStack({
    behaviour: { parallel: 4, duplicates: 0.05 },
    env: { MESSENGER_UNKNOWN_AFTER_SECONDS: '8', MESSENGER_PROBE_SECONDS: '1' },
  });
  try {
    const agent = await stack.signIn('amelie');
    const people: Written[] = [];
    const ids: string[] = [];
    for (let index = 0; index < PEOPLE; index += 1) {
      const { psid } = simulator.customers.create({ pageId: page.id, firstName: `P${index}`, lastName: 'Load' });
      const first = `first-${psid}`;
      await simulator.customers.write(psid, { text: first });
      people.push({ psid, texts: [first] });
      ids.push(await conversationOf(agent, first));
    }
    let quiet = false;
    const breaking = inject(KILLS, { stack, widgets: [], feeds: () => [] }, random, () => quiet);
    const answered: string[] = [];
    await Promise.all(
      people.flatMap((person, index) => [
        write(simulator, person, Math.ceil(options.messages / PEOPLE) - 1, random),
        answer(agent, ids[index] ?? '', Math.ceil(options.replies / PEOPLE), random, answered),
      ]),
    );
    quiet = true;
    const faults = await breaking;
    // What Meta would bring in minutes is due now.
    simulator.world.clock.moveBy(LONGEST_RETRY_MS);
    const outcome = await settle(stack, simulator, people, answered);
    await agent.close();
    const seconds = Math.round((Date.now() - started) / 1_000);
    const written = people.reduce((sum, { texts }) => sum + texts.length, 0);
    return {
      scenario: 'messenger',
      seed: options.seed,
      written,
      answered: answered.length,
      ...outcome,
      faults,
      seconds,
    };
  } finally {
    await stop();
  }
}

async function conversationOf(agent: AgentClient, text: string): Promise<string> {
  return eventually(
    async () => {
      const found = (await agent.inbox()).find(({ lastMessage }) => lastMessage?.text === text);
      if (!found) throw new Error(`no conversation ends with ${text}`);
      return found.id;
    },
    { timeoutMs: 30_000 },
  );
}

async function write(simulator: GraphSimulator, person: Written, count: number, random: () => number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const text = `in-${person.psid}-${n}`;
    person.texts.push(text);
    // Not waited for: a person writes on while Meta cannot deliver.
    void simulator.customers.write(person.psid, { text });
    await delay(random() * 1_200);
  }
}

async function answer(
  agent: AgentClient,
  conversationId: string,
  count: number,
  random: () => number,
  answered: string[],
): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const text = `out-${conversationId}-${n}`;
    const clientMessageId = randomUUID();
    await persistently(() => agent.reply(conversationId, text, { channel: 'MESSENGER', clientMessageId }));
    answered.push(text);
    await delay(random() * 2_500);
  }
}

type Outcome = Pick<
  MessengerVerdict,
  'lost' | 'doubled' | 'receivedTwice' | 'sent' | 'unknown' | 'failed' | 'pretended'
>;

/** Waits until nothing is under way any more, then counts. */
async function settle(
  stack: Stack,
  simulator: GraphSimulator,
  people: Written[],
  answered: string[],
): Promise<Outcome> {
  const { host, port, user, password } = stack.postgres;
  const database = new Client({ host, port, user, password, database: stack.installation.database.name });
  await database.connect();
  const texts = async (sql: string) => (await database.query<{ text: string; state: string }>(sql)).rows;
  const stored = () => texts(`SELECT text, '' AS state FROM conversation.message WHERE direction = 'INBOUND'`);
  const parts = () => texts('SELECT text, CASE WHEN open THEN $$open$$ ELSE state END AS state FROM messenger.part');
  const said = people.flatMap((person) => person.texts);
  try {
    await eventually(
      async () => {
        const known = new Set((await stored()).map(({ text }) => text));
        const missing = said.filter((text) => !known.has(text)).length;
        const ledger = await parts();
        const open = ledger.filter(({ state }) => state === 'open').length;
        if (missing + open + answered.length - ledger.length > 0) {
          throw new Error(`${missing} missing, ${open} open, ${ledger.length} of ${answered.length} ordered`);
        }
      },
      { timeoutMs: SETTLE_MS, everyMs: 500 },
    ).catch((error: unknown) => process.stderr.write(`not settled: ${String(error)}\n`));
    const counts = countOf((await stored()).map(({ text }) => text));
    const ledger = await parts();
    const sent = ledger.filter(({ state }) => state === 'sent');
    const unknown = ledger.filter(({ state }) => state === 'unknown').length;
    const received = countOf(simulator.world.messages.flatMap(({ from, text }) => (from === 'page' ? [text] : [])));
    return {
      lost: said.filter((text) => !counts.has(text)).length,
      doubled: [...counts.values()].reduce((sum, count) => sum + count - 1, 0),
      receivedTwice: [...received.values()].filter((count) => count > 1).length,
      sent: sent.length,
      unknown,
      failed: answered.length - sent.length - unknown,
      pretended: sent.filter(({ text }) => !received.has(text)).length,
    };
  } finally {
    await database.end();
  }
}

function countOf(all: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of all) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
