import { randomUUID } from 'node:crypto';
import { type AgentClient, DEMO_INBOX, eventually, type Stack, startStack } from '@conversations/testing';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { clockHourLasts } from './clock-hour';

jest.setTimeout(120_000);

let stack: Stack;
let agent: AgentClient;
let sql: Client;
beforeAll(async () => {
  // A sender that pauses for longer than its lease sends again, and here each mail counts.
  stack = await startStack({ env: { EMAIL_OUT_LEASE_SECONDS: '60' } });
  agent = await stack.signIn('amelie');
  const { host, port, user, password } = stack.postgres;
  sql = new Client({ host, port, user, password, database: stack.installation.database.name });
  await sql.connect();
  await sql.query('SET search_path = email');
}, 120_000);
afterEach(() => (stack.catcher.mood = {}));
afterAll(async () => {
  await sql?.end();
  await agent?.close();
  await stack?.stop();
}, 60_000);

interface Mail {
  from: string;
  to: string;
  subject: string;
  text: string;
  inReplyTo?: string | undefined;
  headers?: Record<string, string>;
  envelope?: { from: string; to: string };
}

async function handOver(mail: Mail): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: stack.smtpPorts[0], ignoreTLS: true });
  try {
    await transport.sendMail(mail);
  } finally {
    transport.close();
  }
}

/** The polite one names itself and answers to the return path with none of its own (RFC 3834); the rude one writes like a person. */
type Manners = 'polite' | 'rude';

/** A mailbox that answers every mail it gets by one of its own, back to our listener. */
class Responder {
  readonly got: string[] = [];
  readonly answered: string[] = [];
  private readonly underway = new Set<Promise<void>>();

  constructor(
    readonly address: string,
    private readonly manners: Manners,
  ) {
    stack.catcher.mood = {
      onData: ({ raw, sender, recipients }) => {
        if (recipients.includes(address)) this.begin(this.answer(raw, sender));
        return null;
      },
    };
  }

  /** What it has sent is with us. */
  async idle(): Promise<void> {
    await Promise.all(this.underway);
  }

  private begin(answering: Promise<void>): void {
    this.underway.add(answering);
    void answering.finally(() => this.underway.delete(answering));
  }

  private async answer(raw: Buffer, sender: string): Promise<void> {
    const { subject = '', messageId, replyTo, from } = await simpleParser(raw);
    this.got.push(subject);
    const text = `I am away until Monday. ${this.answered.length + 1}`;
    this.answered.push(text);
    const writer = (replyTo ?? from)?.value[0]?.address ?? '';
    const answer = { from: this.address, subject: `Re: ${subject}`, text, inReplyTo: messageId };
    if (this.manners === 'rude') return handOver({ ...answer, to: writer });
    const headers = { 'Auto-Submitted': 'auto-replied', Precedence: 'auto_reply' };
    return handOver({ ...answer, to: sender, headers, envelope: { from: '', to: sender } });
  }
}

/** The conversation of a mail from `address`. */
async function conversationWith(address: string): Promise<string> {
  const text = `Where is my order? ${randomUUID()}`;
  await handOver({ from: address, to: DEMO_INBOX, subject: 'My order', text });
  return eventually(
    async () => {
      const found = (await agent.inbox()).find(({ lastMessage }) => lastMessage?.text === text);
      expect(found).toBeDefined();
      return found!.id;
    },
    { timeoutMs: 20_000 },
  );
}

const inbound = async (conversationId: string) =>
  (await agent.thread(conversationId)).timeline.flatMap((node) =>
    node.__typename === 'Message' && node.direction === 'INBOUND' ? [node] : [],
  );

const shown = (conversationId: string, texts: readonly string[]) =>
  eventually(
    async () => {
      const found = (await inbound(conversationId)).map(({ text }) => text);
      expect(found.slice(1)).toEqual(texts);
    },
    { timeoutMs: 20_000 },
  );

/** Everything that came in has been worked off, everything that is to go out has gone, and a mail asked for now has passed both ways. */
async function nothingIsUnderway(): Promise<void> {
  const other = await conversationWith(`${randomUUID()}@elsewhere.example`);
  const text = `On its way ${randomUUID()}`;
  await agent.reply(other, text, { channel: 'EMAIL' });
  await eventually(
    async () => {
      expect(stack.catcher.mails.some(({ parsed }) => parsed.text?.startsWith(text))).toBe(true);
      const { rows } = await sql.query(
        `SELECT 1 FROM raw_mail WHERE state = 'ACCEPTED' UNION ALL SELECT 1 FROM send WHERE state IN ('WAITING', 'SENDING')`,
      );
      expect(rows).toEqual([]);
    },
    { timeoutMs: 20_000 },
  );
}

describe('security row 8: an auto-responder at the other end', () => {
  test.each(['polite', 'rude'] as const)(
    'that is %s answers an agent’s mail once, and nothing answers it',
    async (manners) => {
      const responder = new Responder(`${randomUUID()}@robots.example`, manners);
      const conversationId = await conversationWith(responder.address);
      await agent.reply(conversationId, 'It arrives tomorrow.', { channel: 'EMAIL', complete: true });
      await shown(conversationId, ['I am away until Monday. 1']);
      await nothingIsUnderway();
      await responder.idle();
      console.log(`${manners}: ${responder.got.length} mails to it, ${responder.answered.length} from it`);
      expect(responder.got).toEqual(['Re: My order']);
      expect(responder.answered).toHaveLength(1);
      const { conversation } = await agent.thread(conversationId);
      // Who does not say that it is a machine is a person, for all that anybody can tell.
      expect(conversation.status).toBe(manners === 'polite' ? 'COMPLETED' : 'OPEN');
      expect(conversation.unread).toBe(manners === 'rude');
    },
  );

  test('and one at ours that answers each message as an agent: after three answers of the other it hears nothing more', async () => {
    await clockHourLasts(30);
    const responder = new Responder(`${randomUUID()}@robots.example`, 'polite');
    const conversationId = await conversationWith(responder.address);
    const done = new Set<string>();
    const answerAll = async () => {
      for (const { id } of await inbound(conversationId)) {
        if (done.has(id)) continue;
        done.add(id);
        await agent.reply(conversationId, `Thank you for message ${done.size}.`, { channel: 'EMAIL' });
      }
    };
    await eventually(
      async () => {
        await answerAll();
        const { rows } = await sql.query<{ outcome: string }>(`SELECT outcome FROM raw_mail WHERE state = 'SET_ASIDE'`);
        expect(rows).toEqual([{ outcome: 'auto-reply-cap' }]);
      },
      { timeoutMs: 60_000 },
    );
    await nothingIsUnderway();
    await answerAll();
    await responder.idle();
    console.log(`both: ${responder.got.length} mails to it, ${responder.answered.length} from it`);
    await shown(conversationId, responder.answered.slice(0, 3));
    expect(responder.got).toHaveLength(4);
    expect(responder.answered).toHaveLength(4);
  });
});
