import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type AgentClient, type AgentFeed, eventually, startStack, type WidgetClient } from '@conversations/testing';
import { Client } from 'pg';
import { type Fault, inject, seededRandom } from './faults';
import { persistently } from './persistently';

export interface Scenario {
  name: string;
  replicas: number;
  faults: readonly Fault[];
  seed: number;
  /** Messages of all visitors together, and as many of the agents. */
  messages: number;
}

export interface Verdict {
  scenario: string;
  seed: number;
  replicas: number;
  written: number;
  answered: number;
  /** On the worst of: Postgres, widgets, agents. */
  lost: number;
  doubled: number;
  disordered: number;
  faults: Partial<Record<Fault, number>>;
  /** How often an agent's screen was told to load again. */
  resyncs: number;
  seconds: number;
}

const VISITORS = 6;

interface Thread {
  widget: WidgetClient;
  conversationId: string;
  written: string[];
  answered: string[];
}

async function write(thread: Thread, count: number, random: () => number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const text = `${thread.conversationId}-written-${n}`;
    thread.written.push(text);
    thread.widget.send(text);
    await delay(random() * 700);
  }
}

async function answer(thread: Thread, agent: AgentClient, count: number, random: () => number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const text = `${thread.conversationId}-answered-${n}`;
    const clientMessageId = randomUUID();
    await persistently(() => agent.reply(thread.conversationId, text, { clientMessageId }));
    thread.answered.push(text);
    await delay(random() * 500);
  }
}

/** Compares one view of a thread with what was said: every text once, and each side's own in the order said. */
function compare(seen: string[], thread: Thread): { lost: number; doubled: number; disordered: number } {
  const said = [...thread.written, ...thread.answered];
  const counts = new Map<string, number>();
  for (const text of seen) counts.set(text, (counts.get(text) ?? 0) + 1);
  const lost = said.filter((text) => !counts.has(text)).length;
  const doubled = [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
  const inOrder = (own: string[]) => {
    const positions = own.map((text) => seen.indexOf(text)).filter((position) => position >= 0);
    return positions.filter((position, index) => index > 0 && position < (positions[index - 1] ?? 0)).length;
  };
  return { lost, doubled, disordered: inOrder(thread.written) + inOrder(thread.answered) };
}

/** Visitors write and agents answer while things break; then every view is compared with what was said. */
export async function conversationUnderFaults(scenario: Scenario): Promise<Verdict> {
  const started = Date.now();
  const random = seededRandom(scenario.seed);
  const stack = await startStack({ replicas: scenario.replicas });
  try {
    const agents = await Promise.all([stack.signIn('amelie'), stack.signIn('tom')]);
    const widgets = Array.from({ length: VISITORS }, () => stack.widget());
    const threads: Thread[] = [];
    for (const widget of widgets) {
      await widget.connect();
      const first = `hello-${randomUUID()}`;
      await widget.write(first);
      const conversationId = await eventually(async () => {
        const inbox = await agents[0].inbox();
        const own = inbox.find((conversation) => conversation.lastMessage?.text === first);
        if (!own) throw new Error('the first message is not in the inbox');
        return own.id;
      });
      threads.push({ widget, conversationId, written: [first], answered: [] });
    }
    const feeds: AgentFeed[] = [];
    for (const agent of agents)
      for (const { conversationId } of threads) feeds.push(await agent.followConversation(conversationId));

    let quiet = false;
    const breaking = inject(scenario.faults, { stack, widgets, feeds: () => feeds }, random, () => quiet);
    const each = Math.ceil(scenario.messages / VISITORS);
    await Promise.all(
      threads.flatMap((thread, index) => [
        write(thread, each, random),
        answer(thread, index % 2 === 0 ? agents[0] : agents[1], each, random),
      ]),
    );
    quiet = true;
    const faults = await breaking;

    const complete = (seen: string[], thread: Thread) => {
      const { lost } = compare(seen, thread);
      if (lost > 0) throw new Error(`${lost} messages of ${thread.conversationId} are missing`);
    };
    const settled = async () => {
      for (const [index, thread] of threads.entries()) {
        complete(
          thread.widget.thread.map((message) => message.text),
          thread,
        );
        for (const feed of [feeds[index], feeds[index + VISITORS]])
          complete(feed?.messages.map((m) => m.text) ?? [], thread);
        if (thread.widget.unacknowledged > 0) throw new Error(`${thread.widget.unacknowledged} messages have no ack`);
      }
    };
    let unsettled = '';
    await eventually(settled, { timeoutMs: 60_000 }).catch((error: unknown) => {
      unsettled = error instanceof Error ? error.message : 'unknown';
    });
    if (unsettled) process.stderr.write(`not settled: ${unsettled}\n`);

    const database = new Client({
      host: stack.postgres.host,
      port: stack.postgres.port,
      user: stack.postgres.user,
      password: stack.postgres.password,
      database: stack.installation.database.name,
    });
    await database.connect();
    const total = { lost: 0, doubled: 0, disordered: 0 };
    for (const [index, thread] of threads.entries()) {
      const stored = await database.query<{ text: string; position: number }>(
        'SELECT text, position FROM conversation.message WHERE conversation_id = $1 ORDER BY position',
        [thread.conversationId],
      );
      const truth = stored.rows.map((row) => row.text);
      const views = [
        truth,
        thread.widget.thread.map((message) => message.text),
        ...[feeds[index], feeds[index + VISITORS]].map((feed) => feed?.messages.map((message) => message.text) ?? []),
      ];
      const found = views.map((view) => compare(view, thread));
      for (const key of ['lost', 'doubled', 'disordered'] as const)
        total[key] += Math.max(...found.map((one) => one[key]));
      // The widget and Postgres must tell the same story, whoever wrote.
      if (JSON.stringify(views[1]) !== JSON.stringify(truth)) total.disordered += 1;
      if (stored.rows.some((row, at) => row.position !== at + 1)) total.disordered += 1;
    }
    const strangers = await database.query<{ count: string }>('SELECT count(*) FROM conversation.conversation');
    if (Number(strangers.rows[0]?.count) !== VISITORS) total.doubled += Number(strangers.rows[0]?.count) - VISITORS;
    await database.end();
    const resyncs = feeds.reduce((sum, feed) => sum + feed.resyncs, 0);
    for (const agent of agents) await agent.close();
    for (const widget of widgets) await widget.close();
    return {
      scenario: scenario.name,
      seed: scenario.seed,
      replicas: scenario.replicas,
      written: threads.reduce((sum, thread) => sum + thread.written.length, 0),
      answered: threads.reduce((sum, thread) => sum + thread.answered.length, 0),
      ...total,
      faults,
      resyncs,
      seconds: Math.round((Date.now() - started) / 1000),
    };
  } finally {
    await stack.stop();
  }
}
