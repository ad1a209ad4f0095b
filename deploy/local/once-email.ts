import {
  AgentClient,
  type AgentConversation,
  DEMO_AGENTS,
  DEMO_INBOX,
  eventually,
  type MailCatcher,
  signIdentity,
  type TimelineNode,
  WidgetClient,
} from '@conversations/testing';
import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { type LocalStack } from './local-stack';
import { type Progress } from './progress';

const PATIENCE = { timeoutMs: 20_000 };

interface Thread {
  conversation: AgentConversation;
  timeline: TimelineNode[];
}

function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** What people's mail programs and shops' visitors do in the steps below. */
class EmailWorld {
  private constructor(
    private readonly stack: LocalStack,
    readonly agent: AgentClient,
    /** Told apart from whatever else lies in a stack that is used. */
    readonly mark: string,
  ) {}

  static async open(stack: LocalStack): Promise<EmailWorld> {
    const { gatewayUrl: url, installation } = stack;
    const login = { email: DEMO_AGENTS.amelie, password: installation.demoPassword };
    return new EmailWorld(stack, await AgentClient.signIn({ urls: [url], ...login }), randomUUID().slice(0, 8));
  }

  /** Sends a mail over SMTP as a mail server would; its Message-ID. */
  async write(mail: { from: string; to: string; subject: string; text: string; inReplyTo?: string }): Promise<string> {
    const transport = createTransport({
      host: '127.0.0.1',
      port: this.stack.smtpPort,
      tls: { rejectUnauthorized: false },
    });
    try {
      const { inReplyTo } = mail;
      const sent = await transport.sendMail({
        ...mail,
        ...(inReplyTo === undefined ? {} : { references: [inReplyTo] }),
      });
      return sent.messageId;
    } finally {
      transport.close();
    }
  }

  /** The conversation in which somebody wrote `text`; the chatbot may have said something since. */
  conversationOf(text: string): Promise<string> {
    return eventually(async () => {
      for (const { id } of (await this.agent.inbox()).slice(0, 3)) {
        const { timeline } = await this.agent.thread(id);
        if (timeline.some((item) => item.__typename === 'Message' && item.text === text)) return id;
      }
      throw new Error(`no conversation holds "${text}"`);
    }, PATIENCE);
  }

  /** The mail in the catcher that begins with `text`. */
  mailWith(text: string): Promise<MailCatcher['mails'][number]> {
    return eventually(() => {
      const found = this.stack.catcher.mails.find(({ parsed }) => parsed.text?.startsWith(text) === true);
      holds(found !== undefined, `no mail begins with "${text}"; there are ${this.stack.catcher.mails.length}`);
      return found;
    }, PATIENCE);
  }

  /** The texts of a thread, once it has so many. */
  textsOf(conversationId: string, count: number): Promise<string[]> {
    return eventually(async () => {
      const { timeline } = await this.agent.thread(conversationId);
      const texts = timeline.flatMap((item) => (item.__typename === 'Message' ? [item.text] : []));
      holds(texts.length === count, `the thread is ${JSON.stringify(texts)}`);
      return texts;
    }, PATIENCE);
  }
}

/** A mail, its answer by email, and the answer to that; then a chat that is followed up by email. */
export async function driveEmail(stack: LocalStack, progress: Progress): Promise<Thread[]> {
  const world = await EmailWorld.open(stack);
  try {
    return [await driveMail(world, progress), await driveFollowUp(world, stack, progress)];
  } finally {
    await world.agent.close();
  }
}

async function driveMail(world: EmailWorld, progress: Progress): Promise<Thread> {
  const step = <T>(what: string, work: () => Promise<T>) => progress.step(what, work);
  const { agent, mark } = world;
  const from = `Ann Okafor <ann.${mark}@customer.example>`;
  const subject = `Where is my order ${mark}?`;
  const question = `It was to arrive on Monday. (${mark})`;
  const id = await step('a mail over SMTP is in the inbox', async () => {
    await world.write({ from, to: DEMO_INBOX, subject, text: question });
    return world.conversationOf(question);
  });
  const answer = `It is with the carrier and arrives tomorrow. (${mark})`;
  const sent = await step("the agent's answer by email leaves, and the conversation goes along", async () => {
    await agent.reply(id, answer, { channel: 'EMAIL' });
    const mail = await world.mailWith(answer);
    holds(mail.recipients.join() === `ann.${mark}@customer.example`, `it went to ${mail.recipients.join()}`);
    holds(mail.parsed.subject === `Re: ${subject}`, `its subject is ${String(mail.parsed.subject)}`);
    holds(mail.parsed.text?.includes(question) === true, 'the question is not in its transcript');
    return mail;
  });
  await step('the answer is marked as sent', () =>
    eventually(async () => {
      const { timeline } = await agent.thread(id);
      const message = timeline.find((item) => item.__typename === 'Message' && item.text === answer);
      const state = message?.__typename === 'Message' ? message.delivery?.state : undefined;
      holds(state === 'SENT', `it is ${String(state)}`);
    }, PATIENCE),
  );
  await step('the customer answers that mail, and it is one thread', async () => {
    const to = sent.parsed.replyTo?.value[0]?.address ?? '';
    const quoted = (sent.parsed.text ?? '').replace(/^/gm, '> ');
    const thanks = `Thank you! (${mark})`;
    const text = `${thanks}\n\nOn Monday Amélie wrote:\n${quoted}`;
    await world.write({ from, to, subject: `Re: ${subject}`, text, inReplyTo: sent.parsed.messageId ?? '' });
    const texts = await world.textsOf(id, 3);
    holds(texts.join('\n') === [question, answer, thanks].join('\n'), `the thread is ${JSON.stringify(texts)}`);
    const others = (await agent.inbox({ status: null })).filter(({ title }) => title.includes(`ann.${mark}`));
    holds(others.length <= 1, `Ann has ${others.length} conversations`);
  });
  return agent.thread(id);
}

async function driveFollowUp(world: EmailWorld, stack: LocalStack, progress: Progress): Promise<Thread> {
  const step = <T>(what: string, work: () => Promise<T>) => progress.step(what, work);
  const { agent, mark } = world;
  const address = `jean.${mark}@customer.example`;
  const visitor = new WidgetClient({
    urls: [stack.chatUrl],
    locale: 'fr',
    page: { url: `${stack.chatUrl}/demo`, title: 'Demo' },
  });
  const question = `Avez-vous la veste bleue en taille L ? (${mark})`;
  const id = await step('a customer who is signed in at the shop writes in the chat and leaves', async () => {
    await visitor.connect();
    visitor.transmit({ t: 'identify', jwt: signIdentity(stack.installation, { email: address, name: 'Jean Martin' }) });
    try {
      await visitor.write(question);
    } finally {
      await visitor.close();
    }
    return world.conversationOf(question);
  });
  const answer = `Oui, il nous en reste deux. (${mark})`;
  await step('an agent follows up by email, and the chat goes along', async () => {
    await eventually(() => agent.reply(id, answer, { channel: 'EMAIL' }), PATIENCE);
    const mail = await world.mailWith(answer);
    holds(mail.recipients.join() === address, `it went to ${mail.recipients.join()}`);
    holds(mail.parsed.text?.includes(question) === true, 'the question is not in its transcript');
    holds(mail.parsed.text.includes('· Chat ·'), 'the transcript does not name the channel');
  });
  return agent.thread(id);
}
