import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type AgentClient, DEMO_INBOX, eventually, type Stack, startStack } from '@conversations/testing';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { type Fault, inject, seededRandom } from './faults';
import { persistently } from './persistently';

export interface EmailScenario {
  seed: number;
  replicas: number;
  mailsIn: number;
  mailsOut: number;
}

export interface EmailVerdict {
  scenario: 'email';
  seed: number;
  replicas: number;
  in: { accepted: number; lost: number; doubled: number };
  out: {
    asked: number;
    lost: number;
    /** Copies beyond the first of any mail. */
    second: number;
    /** Copies of one mail with another Message-ID or other bytes. */
    different: number;
    /** Mails whose agent was told that they may have come twice. */
    uncertain: number;
  };
  faults: Partial<Record<Fault, number>>;
  seconds: number;
}

const FAULTS: readonly Fault[] = ['email-ingest', 'conversation', 'nats', 'postgres'];
const SENDERS = 8;
const SETTLE_MS = 180_000;

/** A mail server: keeps each mail until it was accepted, as every mail server does. Each try goes to the next replica. */
async function sendMails(
  stack: Stack,
  texts: readonly string[],
  address: (index: number) => string,
  pause = () => 0,
): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let index = next++; index < texts.length; index = next++) {
      const text = texts[index] ?? '';
      // The same bytes whenever it is tried, as a mail server does it.
      const ids = { messageId: `<${text}@load.example>`, date: new Date() };
      const mail = { from: address(index), to: DEMO_INBOX, subject: text, text, ...ids };
      let tries = index;
      await persistently(async () => {
        const port = stack.smtpPorts[tries++ % stack.smtpPorts.length];
        const transport = createTransport({ host: '127.0.0.1', port, socketTimeout: 10_000, ignoreTLS: true });
        try {
          await transport.sendMail(mail);
        } finally {
          transport.close();
        }
      });
      await delay(pause());
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, work));
}

async function answerMails(
  agent: AgentClient,
  conversations: readonly string[],
  texts: readonly string[],
  pause: () => number,
): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const clientMessageId = randomUUID();
    const conversationId = conversations[index % conversations.length] ?? '';
    await persistently(() => agent.reply(conversationId, text, { channel: 'EMAIL', clientMessageId }));
    await delay(pause());
  }
}

/** Mails come in and answers go out by email while processes, broker and database are killed; then everything is counted. */
export async function emailUnderFaults({ seed, replicas, mailsIn, mailsOut }: EmailScenario): Promise<EmailVerdict> {
  const started = Date.now();
  const random = seededRandom(seed);
  const stack = await startStack({ replicas: { conversation: replicas, 'email-ingest': replicas } });
  try {
    const agent = await stack.signIn('amelie');
    const people = Array.from({ length: 10 }, (_, index) => `person${index}.${seed}@load.example`);
    const first = people.map(() => `first-${randomUUID()}`);
    await sendMails(stack, first, (index) => people[index] ?? '');
    const conversations = await eventually(
      async () => {
        const held = (await agent.inbox()).filter(({ lastMessage }) => first.includes(lastMessage?.text ?? ''));
        if (held.length < people.length) throw new Error(`${held.length} of ${people.length} first mails are there`);
        return held.map(({ id }) => id);
      },
      { timeoutMs: 60_000 },
    );

    const incoming = Array.from({ length: mailsIn }, () => `in-${randomUUID()}`);
    const outgoing = Array.from({ length: mailsOut }, () => `out-${randomUUID()}`);
    let quiet = false;
    const breaking = inject(FAULTS, { stack, widgets: [], feeds: () => [] }, random, () => quiet);
    await Promise.all([
      sendMails(
        stack,
        incoming,
        (index) => people[index % people.length] ?? '',
        () => random() * 1_500,
      ),
      answerMails(agent, conversations, outgoing, () => random() * 500),
    ]).finally(() => (quiet = true));
    const faults = await breaking;
    const counted = await settle(stack, incoming, outgoing);
    await agent.close();
    const seconds = Math.round((Date.now() - started) / 1_000);
    return { scenario: 'email', seed, replicas, ...counted, faults, seconds };
  } finally {
    await stack.stop();
  }
}

/** Counts again until everything is there, or for three minutes. */
async function settle(
  stack: Stack,
  incoming: readonly string[],
  outgoing: readonly string[],
): Promise<Pick<EmailVerdict, 'in' | 'out'>> {
  const { host, port, user, password } = stack.postgres;
  const database = new Client({ host, port, user, password, database: stack.installation.database.name });
  await database.connect();
  try {
    for (const end = Date.now() + SETTLE_MS; ; await delay(500)) {
      const counted = { in: await countIn(database, incoming), out: await countOut(database, stack, outgoing) };
      if ((counted.in.lost === 0 && counted.out.lost === 0) || Date.now() > end) return counted;
    }
  } finally {
    await database.end();
  }
}

async function countIn(database: Client, incoming: readonly string[]): Promise<EmailVerdict['in']> {
  const { rows } = await database.query<{ text: string; count: number }>(
    'SELECT text, count(*)::int AS count FROM conversation.message WHERE text = ANY($1) GROUP BY text',
    [incoming],
  );
  const doubled = rows.reduce((sum, { count }) => sum + count - 1, 0);
  return { accepted: incoming.length, lost: incoming.length - rows.length, doubled };
}

async function countOut(database: Client, stack: Stack, outgoing: readonly string[]): Promise<EmailVerdict['out']> {
  const copies = outgoing.map((text) => stack.catcher.mails.filter(({ parsed }) => parsed.text?.startsWith(text)));
  const isDifferent = ([one, ...others]: (typeof copies)[number]) =>
    others.some(({ parsed, raw }) => parsed.messageId !== one?.parsed.messageId || one?.raw.equals(raw) !== true);
  const { rows } = await database.query<{ uncertain: number }>(
    'SELECT count(*)::int AS uncertain FROM email.send WHERE ambiguous > 0',
  );
  return {
    asked: outgoing.length,
    lost: copies.filter(({ length }) => length === 0).length,
    second: copies.reduce((sum, { length }) => sum + Math.max(0, length - 1), 0),
    different: copies.filter(isDifferent).length,
    uncertain: rows[0]?.uncertain ?? 0,
  };
}
