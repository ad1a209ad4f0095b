import { createHmac } from 'node:crypto';

/** Services of the stack in the order in which they start; they stop in the reverse order. */
export const SERVICES = [
  'conversation',
  'saved-response',
  'email-ingest',
  'messenger-connector',
  'chat-gateway',
  'graphql-gateway',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The site of the demo page, also in tests. */
export const DEMO_SITE = 'site_demo';

/** The inbox's address in the demo and in tests. */
export const DEMO_INBOX = 'inbox@example.test';

export const DEMO_AGENTS = {
  amelie: 'amelie@example.test',
  tom: 'tom@example.test',
  vera: 'vera@example.test',
  admin: 'admin@example.test',
} as const;

/** Services that own a schema, with the role that they sign in with. */
const ROLES: Partial<Record<ServiceName, string>> = {
  conversation: 'conversation_service',
  'saved-response': 'saved_response_service',
  'email-ingest': 'email_service',
  'graphql-gateway': 'gateway_service',
  'messenger-connector': 'messenger_service',
};
export const SERVICES_WITH_SCHEMA = SERVICES.filter((name) => ROLES[name] !== undefined);

/** What all processes of one installation have in common. */
export interface Installation {
  nats: { url: string; user?: string; password?: string };
  database: { host: string; port: number; name: string; adminUser: string; adminPassword: string };
  /** Password of every service's role. */
  rolePassword: string;
  chatTokenSecret: string;
  demoPassword: string;
  /** Where agents' browsers are, e.g. `http://localhost:3000`. */
  publicOrigin: string;
  /** Pages that may carry the demo site's widget. */
  siteOrigins: string[];
  /** Where mail goes in and out; without it the channel is off. `out` is a mail catcher. */
  email?: { smtpPort: number; outPort: number };
  /** Folder of attachments and raw mails, there already; without it nothing can be attached, and email-ingest does not start. */
  blobFolder?: string;
  /** Apps and pages of Messenger; without it there are none. */
  messengerConfigFile?: string;
}

const broker = ({ nats }: Installation): NodeJS.ProcessEnv => ({
  NATS_URL: nats.url,
  NATS_USER: nats.user,
  NATS_PASSWORD: nats.password,
});

const database = (name: ServiceName, { database: server, rolePassword }: Installation): NodeJS.ProcessEnv => {
  const role = ROLES[name];
  // A service without a schema must not inherit the database's settings from the environment of its parent.
  if (role === undefined) return { DATABASE_HOST: undefined, DATABASE_USER: undefined, DATABASE_PASSWORD: undefined };
  return {
    DATABASE_HOST: server.host,
    DATABASE_PORT: String(server.port),
    DATABASE_NAME: server.name,
    DATABASE_USER: role,
    DATABASE_PASSWORD: rolePassword,
  };
};

/** One secret of an installation is enough: the others follow from it. */
const derived = (chatTokenSecret: string, what: string) =>
  createHmac('sha256', chatTokenSecret).update(what).digest('hex');

/** What the demo shop's backend signs its customers' identities with. */
const identitySecret = (chatTokenSecret: string) => derived(chatTokenSecret, 'identities of the demo shop');

/** What the demo shop passes to the widget for a customer who is signed in there: a JWT that is valid for five minutes. */
export function signIdentity({ chatTokenSecret }: Installation, customer: { email: string; name: string }): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = { sub: customer.email, ...customer, exp: Math.floor(Date.now() / 1_000) + 300 };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', identitySecret(chatTokenSecret)).update(signed).digest('base64url')}`;
}

const own: Record<ServiceName, (installation: Installation) => NodeJS.ProcessEnv> = {
  conversation: ({ email }) => ({ EMAIL_CHANNEL: email ? 'on' : 'off', EMAIL_INBOX_ADDRESSES: DEMO_INBOX }),
  'saved-response': () => ({}),
  'email-ingest': ({ blobFolder, chatTokenSecret, email }) => ({
    BLOB_STORE_DIR: blobFolder,
    EMAIL_INBOX_ADDRESSES: DEMO_INBOX,
    EMAIL_SIGNING_KEYS: `a:${derived(chatTokenSecret, 'ids in mails')}`,
    EMAIL_OUT_HOST: '127.0.0.1',
    ...(email && { EMAIL_SMTP_PORT: String(email.smtpPort), EMAIL_OUT_PORT: String(email.outPort) }),
    EMAIL_SENDER_NAME: '{agent} · Demo shop',
    EMAIL_SIGNATURE: '{agent}\\nDemo shop',
  }),
  'chat-gateway': ({ chatTokenSecret, siteOrigins, blobFolder }) => ({
    BLOB_STORE_DIR: blobFolder,
    CHAT_TOKEN_SECRET: chatTokenSecret,
    CHAT_SITES: JSON.stringify([
      { id: DEMO_SITE, name: 'Demo shop', origins: siteOrigins, identitySecret: identitySecret(chatTokenSecret) },
    ]),
    CONVERSATIONS_DEMO: 'true',
  }),
  'graphql-gateway': ({ publicOrigin, demoPassword, blobFolder }) => ({
    BLOB_STORE_DIR: blobFolder,
    PUBLIC_ORIGIN: publicOrigin,
    CONVERSATIONS_DEMO: 'true',
    DEMO_PASSWORD: demoPassword,
  }),
  'messenger-connector': ({ blobFolder, messengerConfigFile }) => ({
    BLOB_STORE_DIR: blobFolder,
    MESSENGER_CONFIG_FILE: messengerConfigFile,
  }),
};

/** The settings of one service, but for its ports and limits. */
export function serviceEnvironment(name: ServiceName, installation: Installation): NodeJS.ProcessEnv {
  return { ...broker(installation), ...database(name, installation), ...own[name](installation) };
}

/** The settings of a service's migrate step. */
export function migrationEnvironment(name: ServiceName, installation: Installation): NodeJS.ProcessEnv {
  return {
    ...broker(installation),
    ...database(name, installation),
    DATABASE_ADMIN_USER: installation.database.adminUser,
    DATABASE_ADMIN_PASSWORD: installation.database.adminPassword,
  };
}
