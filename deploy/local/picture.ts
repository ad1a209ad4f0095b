/**
 * `npm run picture`: makes the picture of the inbox that the README begins with, in both themes, from a running stack.
 * Its people write through the widget's protocol, by SMTP and to a page on Messenger, and its agents through the API; only the clock is
 * set back in the database.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findRepositoryRoot } from '@conversations/runtime';
import {
  type AgentClient,
  DEMO_AGENTS,
  DEMO_INBOX,
  eventually,
  type MessengerStack,
  signIdentity,
  startBrowser,
  startMessengerStack,
  type WidgetClient,
} from '@conversations/testing';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';

type Agent = 'amelie' | 'tom';
/** What happens in a scene: a text is written in the widget. */
type Line =
  | string
  | { mail: string; subject: string }
  | { messenger: string }
  | { agent: Agent; text: string; channel?: 'EMAIL' }
  | { completedBy: Agent };

interface Scene {
  name?: string;
  email?: string;
  /** The visitor's browser; without it there is none. */
  site?: { locale: 'en' | 'fr'; path: string; title: string; online: boolean };
  /** Minutes since its newest message. */
  age: number;
  /** Oldest first. */
  lines: Line[];
  read?: boolean;
}

const amelie = (text: string, channel?: 'EMAIL') => ({ agent: 'amelie' as const, text, channel });
const tom = (text: string) => ({ agent: 'tom' as const, text });

/** Oldest first. */
const SCENES: Scene[] = [
  {
    name: 'Sofia Lindqvist',
    email: 'sofia@lindqvist.test',
    site: { locale: 'en', path: '/orders', title: 'Orders', online: false },
    age: 182,
    lines: ['Where is my order 8812?', tom('It left our warehouse last night. We will get back to you tomorrow.')],
  },
  {
    email: 'billing@acme.test',
    age: 121,
    lines: [{ subject: 'Purchase order 7741', mail: 'Please confirm the attached order.' }],
    read: true,
  },
  {
    name: 'Priya Raman',
    email: 'priya@raman.test',
    age: 64,
    lines: [
      { subject: 'A new address', mail: 'Can you send order 8790 to my office instead?' },
      amelie('I have changed the address of your order.', 'EMAIL'),
    ],
  },
  {
    name: 'Jonas Weber',
    age: 31,
    lines: [{ messenger: 'Is the blue one back in stock?' }],
    read: true,
  },
  {
    name: 'Léa Marchetti',
    email: 'lea@marchetti.test',
    age: 14,
    lines: [{ subject: 'Re: Invoice 2026-118', mail: 'I attach the receipt once more.' }],
  },
  {
    site: { locale: 'fr', path: '/livraison', title: 'Livraison', online: false },
    age: 9,
    lines: ['Do you ship to Réunion?'],
  },
  {
    name: 'Tom Okafor',
    email: 'tom@okafor.test',
    site: { locale: 'en', path: '/pricing', title: 'Pricing', online: true },
    age: 2,
    lines: [
      'Hi, the CSV export of our orders stops after 30 seconds.',
      amelie('Sorry about that, Tom. I have raised the limit for your account.'),
      { completedBy: 'amelie' },
      {
        subject: 'Export fails with a timeout',
        mail: 'Hello,\nit still stops, now after two minutes. Can you look at it again?',
      },
      amelie('Our nightly backup was in its way. It has another hour now.', 'EMAIL'),
      'Thanks, that fixed it 👍',
    ],
    read: true,
  },
  {
    name: 'Nadia Fournier',
    email: 'nadia@fournier.test',
    site: { locale: 'fr', path: '/plans', title: 'Plans', online: true },
    age: 0,
    lines: ['Hi! Is the annual plan refundable?'],
  },
];

type Agents = Record<Agent, AgentClient>;

/** Waits until the newest conversation's newest message is this one; gives the conversation's id. */
const newestWith = (agents: Agents, text: string): Promise<string> =>
  eventually(
    async () => {
      const [newest] = await agents.amelie.inbox();
      if (newest?.lastMessage?.text !== text) throw new Error(`"${text}" is not in the inbox yet`);
      return newest.id;
    },
    { timeoutMs: 20_000 },
  );

async function identified(
  visitor: WidgetClient,
  messenger: MessengerStack,
  agents: Agents,
  who: { name: string; email: string },
) {
  visitor.transmit({ t: 'identify', jwt: signIdentity(messenger.stack.installation, who) });
  await eventually(async () => {
    const [newest] = await agents.amelie.inbox();
    if (newest?.title !== who.name) throw new Error(`${who.name} was not recognised`);
  });
}

/** Plays one scene; gives the conversation's id and what ends the visitor. */
async function play(
  messenger: MessengerStack,
  agents: Agents,
  scene: Scene,
): Promise<{ id: string; leave: () => Promise<void> }> {
  const { stack, simulator } = messenger;
  const { name, email, site } = scene;
  const visitor =
    site && stack.widget({ locale: site.locale, page: { url: `https://shop.test${site.path}`, title: site.title } });
  await visitor?.connect();
  const smtp = createTransport({ host: '127.0.0.1', port: stack.smtpPorts[0], tls: { rejectUnauthorized: false } });
  let id = '';
  for (const line of scene.lines) {
    if (typeof line === 'string') {
      await visitor?.write(line);
      id = await newestWith(agents, line);
      if (line === scene.lines[0] && visitor && name !== undefined && email !== undefined)
        await identified(visitor, messenger, agents, { name, email });
    } else if ('mail' in line) {
      const from = { name: name ?? '', address: email ?? '' };
      // The date of a mail has whole seconds: it must not seem older than what was there before it.
      await delay(1_000 - (Date.now() % 1_000));
      await smtp.sendMail({ from, to: DEMO_INBOX, subject: line.subject, text: line.mail });
      id = await newestWith(agents, line.mail);
    } else if ('messenger' in line) {
      const [firstName = '', lastName = ''] = (name ?? '').split(' ');
      const { psid } = simulator.customers.create({ pageId: messenger.page.id, firstName, lastName });
      await simulator.customers.write(psid, { text: line.messenger });
      id = await newestWith(agents, line.messenger);
    } else if ('completedBy' in line) await agents[line.completedBy].complete(id);
    else await agents[line.agent].reply(id, line.text, { channel: line.channel ?? 'WEB_CHAT' });
  }
  smtp.close();
  if (scene.read === true) await agents.amelie.open(id);
  if (site?.online === false) await visitor?.close();
  return { id, leave: async () => visitor?.close() };
}

/** Sets everything in a conversation back, so that the list has ages to show. */
async function setBack({ stack }: MessengerStack, ages: Map<string, number>): Promise<void> {
  const { host, port, adminUser, adminPassword, name } = stack.installation.database;
  const client = new Client({ host, port, user: adminUser, password: adminPassword, database: name });
  await client.connect();
  try {
    for (const [id, minutes] of ages) {
      const values = [id, minutes];
      await client.query(
        'UPDATE conversation.conversation SET last_activity_at = last_activity_at - make_interval(mins => $2) WHERE id = $1',
        values,
      );
      // First, while the messages still tell what came after it.
      await client.query(
        `UPDATE conversation.activity SET at = at - make_interval(mins => $2 + 2 * (SELECT count(*)::int FROM conversation.message
           WHERE conversation_id = $1 AND created_at > at)) WHERE conversation_id = $1`,
        values,
      );
      await client.query(
        `UPDATE conversation.message SET created_at = created_at - make_interval(mins => $2 + 2 *
           ((SELECT last_position FROM conversation.conversation WHERE id = $1) - position)) WHERE conversation_id = $1`,
        values,
      );
    }
  } finally {
    await client.end();
  }
}

async function main(): Promise<void> {
  const folder = join(findRepositoryRoot(), 'services', 'agent-ui', 'picture');
  mkdirSync(folder, { recursive: true });
  const messenger = await startMessengerStack({ env: { CHAT_OFFLINE_GRACE_SECONDS: '0' } });
  const { stack } = messenger;
  const browser = await startBrowser();
  const agents: Agents = { amelie: await stack.signIn('amelie'), tom: await stack.signIn('tom') };
  const played: { id: string; leave: () => Promise<void> }[] = [];
  try {
    for (const scene of SCENES) played.push(await play(messenger, agents, scene));
    await setBack(messenger, new Map(played.map(({ id }, index) => [id, SCENES[index]?.age ?? 0])));
    const opened = played[SCENES.findIndex(({ name }) => name === 'Tom Okafor')]?.id ?? '';
    const { publicOrigin, demoPassword } = stack.installation;
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        baseURL: publicOrigin,
        viewport: { width: 1440, height: 900 },
        deviceScaleFactor: 1,
        locale: 'en-GB',
        colorScheme,
        reducedMotion: 'reduce',
      });
      await context.request.post('/auth/login', {
        data: { email: DEMO_AGENTS.amelie, password: demoPassword },
        headers: { origin: publicOrigin },
      });
      const page = await context.newPage();
      await page.goto(`/inbox/${opened}`);
      await page.getByRole('log').getByText('that fixed it').waitFor();
      await page.getByText('Nadia Fournier').first().waitFor();
      await page.waitForLoadState('networkidle');
      const file = join(folder, `inbox-${colorScheme}.png`);
      await page.screenshot({ path: file });
      process.stdout.write(`${file}\n`);
      await context.close();
    }
  } finally {
    for (const { leave } of played) await leave();
    for (const agent of Object.values(agents)) await agent.close();
    await browser.close();
    await messenger.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
