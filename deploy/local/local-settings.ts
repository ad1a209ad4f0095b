import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { findRepositoryRoot } from '@conversations/runtime';
import { freePort, portIsFree, postgresDataFolder } from '@conversations/testing';
import { z } from 'zod';

/** The message is for the person at the terminal; no stack trace is shown. */
export class StartError extends Error {}

const port = z.coerce.number().int().min(1).max(65_535).optional();

/** Settings of the launcher itself; the services' own pass through to them. */
const LocalEnvironment = z.object({
  GRAPHQL_GATEWAY_PORT: port,
  CHAT_GATEWAY_PORT: port,
  EMAIL_SMTP_PORT: port,
  EMAIL_INGEST_PORT: port,
  MAIL_CATCHER_SMTP_PORT: port,
  MAIL_CATCHER_WEB_PORT: port,
  MESSENGER_CONNECTOR_PORT: port,
  GRAPH_SIMULATOR_PORT: port,
  NATS_PORT: port,
  POSTGRES_PORT: port,
  CONVERSATION_MANAGEMENT_PORT: port,
  SAVED_RESPONSE_MANAGEMENT_PORT: port,
  EMAIL_INGEST_MANAGEMENT_PORT: port,
  CHAT_GATEWAY_MANAGEMENT_PORT: port,
  GRAPHQL_GATEWAY_MANAGEMENT_PORT: port,
  MESSENGER_CONNECTOR_MANAGEMENT_PORT: port,
  NATS_URL: z.string().optional(),
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  DATABASE_HOST: z.string().optional(),
  DATABASE_PORT: port,
  DATABASE_USER: z.string().default('postgres'),
  DATABASE_PASSWORD: z.string().default(''),
  DATABASE_NAME: z.string().default('conversations'),
  DEMO_PASSWORD: z.string().min(8).optional(),
  /** Own apps and pages: with it no simulator stands in for Meta. */
  MESSENGER_CONFIG_FILE: z.string().min(1).optional(),
  /** Where Meta reaches the webhook, e.g. a tunnel's address. */
  MESSENGER_PUBLIC_URL: z.string().optional(),
  CONVERSATIONS_DATA_DIR: z.string().min(1).optional(),
});
export type LocalEnvironment = z.output<typeof LocalEnvironment>;

export function readLocalEnvironment(env: NodeJS.ProcessEnv = process.env): LocalEnvironment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { data, error } = LocalEnvironment.safeParse(given);
  if (data) return data;
  const rules = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new StartError(`A setting is wrong:\n  ${rules.join('\n  ')}`);
}

type PortVariable =
  | 'GRAPHQL_GATEWAY_PORT'
  | 'CHAT_GATEWAY_PORT'
  | 'EMAIL_SMTP_PORT'
  | 'EMAIL_INGEST_PORT'
  | 'MAIL_CATCHER_SMTP_PORT'
  | 'MAIL_CATCHER_WEB_PORT'
  | 'MESSENGER_CONNECTOR_PORT'
  | 'GRAPH_SIMULATOR_PORT';

export interface Ports {
  graphqlGateway: number;
  chatGateway: number;
  emailSmtp: number;
  emailHttp: number;
  catcherSmtp: number;
  catcherWeb: number;
  messengerConnector: number;
  /** Null where own pages are configured. */
  graphSimulator: number | null;
}

/** The ports that people, mail programs and Meta use; a busy one is an error that names its variable. */
export async function choosePorts(env: LocalEnvironment, anyPort: boolean): Promise<Ports> {
  const choose = async (variable: PortVariable, standard: number, what: string) => {
    const wanted = env[variable] ?? (anyPort ? await freePort() : standard);
    if (await portIsFree(wanted)) return wanted;
    throw new StartError(`Port ${wanted} (${what}) is in use. Free it, or choose another one with ${variable}.`);
  };
  const fixed = ['NATS_PORT', 'POSTGRES_PORT', 'CONVERSATION_MANAGEMENT_PORT'] as const;
  const management = [
    'SAVED_RESPONSE_MANAGEMENT_PORT',
    'EMAIL_INGEST_MANAGEMENT_PORT',
    'CHAT_GATEWAY_MANAGEMENT_PORT',
    'GRAPHQL_GATEWAY_MANAGEMENT_PORT',
    'MESSENGER_CONNECTOR_MANAGEMENT_PORT',
  ] as const;
  for (const variable of [...fixed, ...management]) {
    const wanted = env[variable];
    if (wanted !== undefined && !(await portIsFree(wanted))) {
      throw new StartError(`Port ${wanted} is in use. Free it, or choose another one with ${variable}.`);
    }
  }
  return {
    graphqlGateway: await choose('GRAPHQL_GATEWAY_PORT', 3000, "agents' API"),
    chatGateway: await choose('CHAT_GATEWAY_PORT', 3001, 'chat'),
    emailSmtp: await choose('EMAIL_SMTP_PORT', 2525, 'incoming mail'),
    emailHttp: await choose('EMAIL_INGEST_PORT', 3003, 'incoming mail over HTTP'),
    catcherSmtp: await choose('MAIL_CATCHER_SMTP_PORT', 1025, 'outgoing mail'),
    catcherWeb: await choose('MAIL_CATCHER_WEB_PORT', 8025, 'page with the outgoing mail'),
    messengerConnector: await choose('MESSENGER_CONNECTOR_PORT', 3002, 'Messenger webhook'),
    graphSimulator:
      env.MESSENGER_CONFIG_FILE === undefined
        ? await choose('GRAPH_SIMULATOR_PORT', 3010, 'Messenger simulator')
        : null,
  };
}

const Secrets = z.object({
  postgresPassword: z.string().min(16),
  rolePassword: z.string().min(16),
  natsPassword: z.string().min(16),
  chatTokenSecret: z.string().min(32),
  demoPassword: z.string().min(8),
});
export type Secrets = z.output<typeof Secrets>;

export function newSecrets(): Secrets {
  const secret = (bytes: number) => randomBytes(bytes).toString('base64url');
  return {
    postgresPassword: secret(24),
    rolePassword: secret(24),
    natsPassword: secret(24),
    chatTokenSecret: secret(48),
    demoPassword: secret(9),
  };
}

/** The folder in which the local stack keeps its state. */
export class LocalState {
  readonly folder: string;

  constructor(folder = '.data') {
    this.folder = isAbsolute(folder) ? folder : resolve(findRepositoryRoot(), folder);
  }

  get postgres(): string {
    return join(this.folder, 'postgres');
  }
  get nats(): string {
    return join(this.folder, 'nats');
  }
  get logs(): string {
    return join(this.folder, 'logs');
  }
  get messenger(): string {
    return join(this.folder, 'messenger');
  }
  get blobs(): string {
    return join(this.folder, 'blobs');
  }
  get secretsFile(): string {
    return join(this.folder, 'secrets.json');
  }

  /** Where it is, for the person; the database may lie elsewhere. */
  describe(): string {
    const database = postgresDataFolder(this.postgres);
    return database === this.postgres ? this.folder : `${this.folder}, database in ${database}`;
  }

  /** Deletes what the stack made, and nothing else that may lie in the folder. */
  remove(): void {
    const holder = livingPostmaster(postgresDataFolder(this.postgres));
    if (holder !== undefined) {
      throw new StartError(
        `${this.folder} is in use by a running stack (Postgres, process ${holder}): stop that one first.`,
      );
    }
    for (const path of [
      postgresDataFolder(this.postgres),
      this.postgres,
      this.nats,
      this.blobs,
      this.messenger,
      this.logs,
      this.secretsFile,
    ]) {
      rmSync(path, { recursive: true, force: true });
    }
  }

  /** The secrets of this installation, made once. */
  secrets(): Secrets {
    mkdirSync(this.folder, { recursive: true });
    if (!existsSync(this.secretsFile)) {
      if (existsSync(postgresDataFolder(this.postgres))) throw this.broken('is missing although there is a database');
      const made = newSecrets();
      const partial = `${this.secretsFile}.partial`;
      writeFileSync(partial, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
      renameSync(partial, this.secretsFile);
      return made;
    }
    const { data } = Secrets.safeParse(parseJson(readFileSync(this.secretsFile, 'utf8')));
    if (!data) throw this.broken('cannot be read');
    return data;
  }

  private broken(how: string): StartError {
    return new StartError(`${this.secretsFile} ${how}. Put it back, or begin anew: npm start -- --fresh`);
  }
}

function livingPostmaster(dataFolder: string): number | undefined {
  const file = join(dataFolder, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    // No such process: the file was left behind by one that was killed.
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
