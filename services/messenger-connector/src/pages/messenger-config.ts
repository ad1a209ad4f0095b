import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse, YAMLError } from 'yaml';
import { z } from 'zod';

/** Ids are digits; YAML reads them as numbers, and those beyond 2^53 only in quotes keep all their digits. */
const Id = z
  .union([
    z.string(),
    z.number().refine(Number.isSafeInteger, 'needs quotes: it is too long for a number').transform(String),
  ])
  .pipe(z.string().min(1).max(64));
const File = z.string().min(1);

const ConfigFile = z.strictObject({
  apps: z
    .array(
      z.strictObject({
        id: Id,
        secretFile: File,
        /** While a secret is changed at Meta: deliveries signed with either are taken. */
        previousSecretFile: File.optional(),
        verifyTokenFile: File,
      }),
    )
    .min(1),
  pages: z.array(
    z.strictObject({
      id: Id,
      name: z.string().min(1).max(200),
      app: Id,
      tokenFile: File,
      /** Meta approved the HUMAN_AGENT tag: agents may answer for 7 days. */
      humanAgent: z.boolean().default(false),
      /** false: nothing is sent; what people write still arrives. */
      enabled: z.boolean().default(true),
    }),
  ),
  graph: z
    .strictObject({
      baseUrl: z.url().default('https://graph.facebook.com'),
      version: z
        .string()
        .regex(/^v\d+\.\d+$/)
        .default('v26.0'),
      timeoutSeconds: z.number().positive().max(120).default(20),
      /** Hosts, with all below them, that files are fetched from. */
      mediaHosts: z.array(z.string().regex(/^[a-z0-9.-]+$/)).default(['fbcdn.net', 'fbsbx.com']),
      /** Origins besides those, taken as they are although they may be private and without TLS: for a simulator. */
      mediaOrigins: z.array(z.url()).default([]),
    })
    .prefault({}),
});

export interface MessengerApp {
  id: string;
  /** The current one first. */
  secrets: string[];
  verifyToken: string;
}

export interface MessengerPage {
  id: string;
  name: string;
  app: MessengerApp;
  token: string;
  humanAgent: boolean;
  enabled: boolean;
}

export interface MessengerConfig {
  apps: MessengerApp[];
  pages: MessengerPage[];
  graph: z.output<typeof ConfigFile>['graph'];
}

export const NO_PAGES: MessengerConfig = { apps: [], pages: [], graph: ConfigFile.shape.graph.parse(undefined) };

/** Says what is wrong and where, never what a secret is. */
export class ConfigError extends Error {}

/** Reads the file and the secrets that it names, which stand beside it unless their paths are absolute. Throws {@link ConfigError}. */
export async function readMessengerConfig(path: string): Promise<MessengerConfig> {
  const { apps, pages, graph } = checkFile(await readText(path, path));
  const folder = dirname(resolve(path));
  const secret = async (file: string) => {
    const text = (await readText(resolve(folder, file), file)).trim();
    if (text === '') throw new ConfigError(`${file} is empty`);
    return text;
  };
  const known = new Map<string, MessengerApp>();
  for (const { id, secretFile, previousSecretFile, verifyTokenFile } of apps) {
    if (known.has(id)) throw new ConfigError(`apps: ${id} stands there twice`);
    const files = [secretFile, ...(previousSecretFile === undefined ? [] : [previousSecretFile])];
    known.set(id, { id, secrets: await Promise.all(files.map(secret)), verifyToken: await secret(verifyTokenFile) });
  }
  const read: MessengerPage[] = [];
  for (const { app: appId, tokenFile, ...page } of pages) {
    const app = known.get(appId);
    if (!app) throw new ConfigError(`pages: ${page.id} names the app ${appId}, which is not among the apps`);
    if (read.some(({ id }) => id === page.id)) throw new ConfigError(`pages: ${page.id} stands there twice`);
    read.push({ ...page, app, token: await secret(tokenFile) });
  }
  return { apps: [...known.values()], pages: read, graph };
}

function checkFile(text: string): z.output<typeof ConfigFile> {
  try {
    return ConfigFile.parse(parse(text));
  } catch (error) {
    if (error instanceof z.ZodError) {
      throw new ConfigError(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
    }
    if (error instanceof YAMLError) throw new ConfigError(`is no YAML (${error.code})`);
    throw error;
  }
}

async function readText(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`);
  }
}
