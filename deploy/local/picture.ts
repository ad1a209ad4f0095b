/**
 * `npm run picture`: makes the picture of the inbox that the README begins with, in both themes, from a running stack.
 * Its people write through the widget's protocol and its agents through the API; only the clock is set back in the database.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findRepositoryRoot } from '@conversations/runtime';
import { DEMO_AGENTS, eventually, signIdentity, type Stack, startBrowser, startStack } from '@conversations/testing';
import { Client } from 'pg';

interface Scene {
  name?: string;
  email?: string;
  locale: 'en' | 'fr';
  page: { path: string; title: string };
  online: boolean;
  /** Minutes since its newest message. */
  age: number;
  /** Oldest first; those of agents name them. */
  lines: (string | { agent: 'amelie' | 'tom'; text: string })[];
  read?: boolean;
  completed?: boolean;
}

const amelie = (text: string) => ({ agent: 'amelie' as const, text });
const tom = (text: string) => ({ agent: 'tom' as const, text });

/** Oldest first. */
const SCENES: Scene[] = [
  {
    name: 'Marc Dubois',
    email: 'marc@dubois.test',
    locale: 'fr',
    page: { path: '/retours', title: 'Retours' },
    online: false,
    age: 1_500,
    lines: [
      'Bonjour, puis-je échanger un pull contre une taille M ?',
      amelie('Bien sûr, voici l’étiquette de retour.'),
      'Parfait, merci beaucoup !',
    ],
    completed: true,
  },
  {
    name: 'Sofia Lindqvist',
    email: 'sofia@lindqvist.test',
    locale: 'en',
    page: { path: '/orders', title: 'Orders' },
    online: false,
    age: 182,
    lines: ['Where is my order 8812?', tom('It left our warehouse last night. We will get back to you tomorrow.')],
  },
  {
    name: 'Priya Raman',
    email: 'priya@raman.test',
    locale: 'en',
    page: { path: '/account', title: 'Account' },
    online: false,
    age: 64,
    lines: ['Can you change my delivery address?', amelie('I have changed the address of your order.')],
  },
  {
    name: 'Jonas Weber',
    email: 'jonas@weber.test',
    locale: 'en',
    page: { path: '/chairs/blue', title: 'Blue chair' },
    online: true,
    age: 31,
    lines: ['Is the blue one back in stock?'],
    read: true,
  },
  {
    locale: 'fr',
    page: { path: '/livraison', title: 'Livraison' },
    online: false,
    age: 9,
    lines: ['Do you ship to Réunion?'],
  },
  {
    name: 'Tom Okafor',
    email: 'tom@okafor.test',
    locale: 'en',
    page: { path: '/pricing', title: 'Pricing' },
    online: true,
    age: 2,
    lines: [
      'Hi, the CSV export of our orders stops after 30 seconds. Can you look at it?',
      amelie('Sorry about that, Tom. I have raised the limit for your account. Could you try once more?'),
      'Thanks, that fixed it 👍',
      amelie('Great! Tell us if it happens again.'),
    ],
  },
  {
    name: 'Nadia Fournier',
    email: 'nadia@fournier.test',
    locale: 'fr',
    page: { path: '/plans', title: 'Plans' },
    online: true,
    age: 0,
    lines: ['Hi! Is the annual plan refundable?'],
  },
];

/** Plays one scene; gives the conversation's id and what ends the visitor. */
async function play(stack: Stack, scene: Scene): Promise<{ id: string; leave: () => Promise<void> }> {
  const agents = { amelie: await stack.signIn('amelie'), tom: await stack.signIn('tom') };
  const page = { url: `https://shop.test${scene.page.path}`, title: scene.page.title };
  const visitor = stack.widget({ locale: scene.locale, page });
  await visitor.connect();
  let id = '';
  for (const line of scene.lines) {
    if (typeof line === 'string') await visitor.write(line);
    else await agents[line.agent].reply(id, line.text);
    id ||= (await agents.amelie.inbox())[0]?.id ?? '';
    if (line === scene.lines[0] && scene.name !== undefined && scene.email !== undefined) {
      visitor.transmit({
        t: 'identify',
        jwt: signIdentity(stack.installation, { name: scene.name, email: scene.email }),
      });
      await eventually(async () => {
        const [newest] = await agents.amelie.inbox();
        if (newest?.title !== scene.name) throw new Error(`${scene.name ?? ''} was not recognised`);
      });
    }
  }
  if (scene.read === true) await agents.amelie.open(id);
  if (scene.completed === true) await agents.amelie.complete(id);
  for (const agent of Object.values(agents)) await agent.close();
  if (!scene.online) await visitor.close();
  return { id, leave: () => visitor.close() };
}

/** Sets everything in a conversation back, so that the list has ages to show. */
async function setBack(stack: Stack, ages: Map<string, number>): Promise<void> {
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
  const stack = await startStack({ env: { CHAT_OFFLINE_GRACE_SECONDS: '0' } });
  const browser = await startBrowser();
  const played: { id: string; leave: () => Promise<void> }[] = [];
  try {
    for (const scene of SCENES) played.push(await play(stack, scene));
    await setBack(stack, new Map(played.map(({ id }, index) => [id, SCENES[index]?.age ?? 0])));
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
      await page.getByRole('log').getByText('Tell us if it happens again').waitFor();
      await page.getByText('Nadia Fournier').first().waitFor();
      await page.waitForLoadState('networkidle');
      const file = join(folder, `inbox-${colorScheme}.png`);
      await page.screenshot({ path: file });
      process.stdout.write(`${file}\n`);
      await context.close();
    }
  } finally {
    for (const { leave } of played) await leave();
    await browser.close();
    await stack.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
