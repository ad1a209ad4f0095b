import { AgentClient, DEMO_AGENTS, DEMO_INBOX, eventually, WidgetClient } from '@conversations/testing';
import { createTransport } from 'nodemailer';
import { type LocalStack } from './local-stack';

type Line = [who: 'visitor' | 'amelie' | 'tom', text: string];

interface Sample {
  locale: 'en' | 'fr';
  page: { path: string; title: string };
  lines: Line[];
  complete?: 'amelie' | 'tom';
}

const SAMPLES: Sample[] = [
  {
    locale: 'fr',
    page: { path: '/retours', title: 'Retours et échanges' },
    lines: [
      ['visitor', 'Bonjour, puis-je échanger un pull acheté samedi contre une taille M ?'],
      ['amelie', 'Bonjour ! Oui, sous 30 jours. Je vous prépare une étiquette de retour.'],
      ['visitor', 'Parfait, merci beaucoup !'],
    ],
    complete: 'amelie',
  },
  {
    locale: 'en',
    page: { path: '/shoes/trail-runner', title: 'Trail Runner' },
    lines: [
      ['visitor', 'Hi, do you have the Trail Runner in size 42?'],
      ['tom', 'Hello! Yes, three pairs are left in our Lyon warehouse.'],
      ['visitor', 'Great. How long does delivery to Brussels take?'],
    ],
  },
  {
    locale: 'fr',
    page: { path: '/commandes', title: 'Mes commandes' },
    lines: [
      ['visitor', "Bonjour, ma commande n'est toujours pas arrivée. Pouvez-vous vérifier ?"],
      ['amelie', 'Bonjour, je regarde tout de suite. Elle a quitté notre entrepôt hier soir.'],
    ],
  },
  {
    locale: 'en',
    page: { path: '/checkout', title: 'Checkout' },
    lines: [
      ['visitor', 'My voucher code is refused at the checkout.'],
      ['visitor', 'It says WELCOME10 has expired, but I got it this morning.'],
    ],
  },
];

const MAIL = {
  from: 'Claire Petit <claire@petit.test>',
  subject: 'Facture du 14 novembre',
  text: 'Bonjour,\n\nje n’ai pas reçu la facture de ma commande 8790. Pouvez-vous me l’envoyer ?\n\nClaire Petit',
};
const ON_MESSENGER = 'Is the blue chair back in stock?';

/** A few conversations on every channel, written as people would, when there are none yet. Says how many came, and of how many. */
export async function seedDemo(stack: LocalStack): Promise<{ came: number; of: number } | null> {
  const { installation, chatUrl, gatewayUrl, simulator } = stack;
  const signIn = (agent: 'amelie' | 'tom') =>
    AgentClient.signIn({ urls: [gatewayUrl], email: DEMO_AGENTS[agent], password: installation.demoPassword });
  const agents = { amelie: await signIn('amelie'), tom: await signIn('tom') };
  if ((await agents.amelie.inbox({ status: null })).length > 0) return null;

  for (const { locale, page, lines, complete } of SAMPLES) {
    const visitor = new WidgetClient({
      urls: [chatUrl],
      locale,
      page: { url: new URL(page.path, chatUrl).href, title: page.title },
    });
    await visitor.connect();
    try {
      let conversationId = '';
      for (const [who, text] of lines) {
        if (who === 'visitor') await visitor.write(text);
        else await agents[who].reply(conversationId, text);
        if (conversationId === '') conversationId = await newestConversation(agents.amelie);
      }
      if (complete !== undefined) await agents[complete].complete(conversationId);
    } finally {
      await visitor.close();
    }
  }
  await writeMail(stack);
  const people = simulator === null ? [] : [...simulator.world.people.values()].slice(0, 1);
  for (const { psid } of people) await simulator?.customers.write(psid, { text: ON_MESSENGER });
  const of = SAMPLES.length + 1 + people.length;
  const came = async () => (await agents.amelie.inbox({ status: null })).length;
  // Mail and Messenger may be turned off or be somebody's own: the rest is worth a look all the same.
  await eventually(async () => {
    if ((await came()) < of) throw new Error('not everything is in the inbox yet');
  }).catch(() => undefined);
  return { came: await came(), of };
}

async function writeMail({ smtpPort }: LocalStack): Promise<void> {
  const smtp = createTransport({ host: '127.0.0.1', port: smtpPort, tls: { rejectUnauthorized: false } });
  await smtp.sendMail({ ...MAIL, to: DEMO_INBOX }).catch(() => undefined);
  smtp.close();
}

async function newestConversation(agent: AgentClient): Promise<string> {
  const [newest] = await agent.inbox();
  if (!newest) throw new Error('the visitor wrote, but the inbox is empty');
  return newest.id;
}
