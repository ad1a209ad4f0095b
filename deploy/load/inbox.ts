/**
 * `npm run bench:inbox -- --data <folder> [--json]`: pages, filters and searches of the inbox over the database that
 * `npm run seed:scale` made, as the gateway asks for them. Every plan that ran is looked at: one that reads a whole table fails.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { type ConversationFilter, ListConversations } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { createLogger } from '@conversations/runtime';
import { startService } from '@conversations/testing';
import { Client } from 'pg';
import { dataFolder, openScaledDatabase, SCALED_DATABASE } from './scaled-database';

const json = process.argv.includes('--json');
const ROUNDS = 40;
const PAGE = 50;
const LIST_MS = 50;
const SEARCH_MS = 300;

const every: ConversationFilter = {
  status: null,
  unread: null,
  channels: null,
  contactId: null,
  visitorIds: null,
  assignment: null,
  assigneeId: null,
  waitingForReply: null,
  search: null,
};
const agent = (n: number) => `agt_${String(n).padStart(32, '0')}`;

const FILTERS: Record<string, Partial<ConversationFilter>> = {
  'first page of everything': {},
  open: { status: 'OPEN' },
  completed: { status: 'COMPLETED' },
  unread: { status: 'OPEN', unread: true },
  'waiting for a reply': { status: 'OPEN', waitingForReply: true },
  chat: { status: 'OPEN', channels: ['chat'] },
  email: { status: 'OPEN', channels: ['email'] },
  messenger: { status: 'OPEN', channels: ['messenger'] },
  'of an agent': { status: 'OPEN', assigneeId: agent(1) },
  'of an agent with few': { status: 'COMPLETED', assigneeId: agent(9) },
  unassigned: { status: 'OPEN', assignment: 'UNASSIGNED' },
  'completed, unread, messenger': { status: 'COMPLETED', unread: true, channels: ['messenger'] },
  'open, email, waiting, of an agent': {
    ...{ status: 'OPEN', channels: ['email'], waitingForReply: true, assigneeId: agent(2) },
  },
};
const SEARCHES: Record<string, string> = {
  'a word of one message': 'A1799adb1',
  'a rare word': 'voquinli',
  'a word that is neither rare nor common': 'voliba',
  'a rare word and a short beginning': 'voquinli t',
  'a common word': 'order',
  'a common French word': 'déjà',
  'two common words': 'refund delivery',
  'a beginning': 'refu',
  'a short beginning': 'de',
  'a beginning of rare words': 'voqui',
  'a phrase': '"where is my order"',
  'a phrase of common words that is rare': '"my the order is"',
  'a phrase in Chinese': '東京',
  'a name': 'Zoë',
  'a whole name': '"amelie martin',
  'an address': 'tom.dupont',
  'a word that is nowhere': 'zzzzzz',
};

const percentile = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

let tooSlow = 0;

function report(figure: string, times: number[], found: string, most: number): void {
  const [p50, p95] = [0.5, 0.95].map((share) => Number(percentile(times, share).toFixed(1))) as [number, number];
  if (p95 > most) tooSlow += 1;
  process.stdout.write(
    json
      ? `${JSON.stringify({ figure, unit: 'ms', p50, p95, goal: `p95 <= ${most}`, found })}\n`
      : `${figure.padEnd(52)} p50 ${p50.toFixed(1).padStart(6)} p95 ${p95.toFixed(1).padStart(6)} ms  goal ${most}  ${found}\n`,
  );
}

async function measure(messaging: Messaging, onlineIds: string[]): Promise<void> {
  const page = async (filter: Partial<ConversationFilter>, after: string | null, count = false) => {
    const begun = performance.now();
    const { pages } = await messaging.request(ListConversations, {
      pages: [{ filter: { ...every, ...filter }, first: PAGE, after, count }],
    });
    const [answer] = pages;
    if (answer === undefined) throw new Error('no page');
    return { ...answer, ms: performance.now() - begun };
  };
  const next = ({ endCursor, items }: Awaited<ReturnType<typeof page>>) => endCursor ?? items.at(-1)?.cursor ?? null;
  const timed = async (
    name: string,
    filter: Partial<ConversationFilter>,
    after: string | null,
    most: number,
    count = false,
  ) => {
    const times: number[] = [];
    let last = await page(filter, after, count);
    for (let round = 0; round < ROUNDS; round += 1) {
      last = await page(filter, after, count);
      times.push(last.ms);
    }
    const total = count ? `, ${last.totalCount ?? 'many'} in all` : '';
    report(name, times, `${last.items.length}${last.hasNextPage ? ' and more' : ''}${total}`, most);
    return last;
  };
  let after: string | null = null;
  for (let turned = 1; turned < 200; turned += 1) after = next(await page({}, after));
  await timed('page 200 of everything', {}, after, LIST_MS);
  const filters = { ...FILTERS };
  for (const count of [30, 500, 5_000])
    filters[`of ${count} who are online`] = { status: 'OPEN', visitorIds: onlineIds.slice(0, count) };
  filters['of an agent, waiting, online'] = {
    ...{ status: 'OPEN', assigneeId: agent(1), waitingForReply: true, visitorIds: onlineIds.slice(0, 500) },
  };
  for (const [name, filter] of Object.entries(filters)) {
    const first = await timed(name, filter, null, LIST_MS);
    if (first.hasNextPage) await timed(`${name}, second page`, filter, next(first), LIST_MS);
    await timed(`${name}, counted`, filter, null, 2 * LIST_MS, true);
  }
  for (const [name, search] of Object.entries(SEARCHES)) {
    const first = await timed(`${name}: ${search}`, { search }, null, SEARCH_MS);
    if (first.hasNextPage) await timed(`${name}, second page`, { search }, next(first), SEARCH_MS);
    await timed(`${name}, among the open`, { search, status: 'OPEN' }, null, SEARCH_MS);
    await timed(`${name}, counted`, { search }, null, 2 * SEARCH_MS, true);
  }
}

async function main(): Promise<void> {
  const folder = dataFolder();
  if (folder === undefined) throw new Error('--data has to name the folder of npm run seed:scale');
  const database = await openScaledDatabase(folder);
  const started: { stop(): Promise<unknown> }[] = [];
  try {
    const { host, port, user, password, logFile } = database.postgres;
    const client = new Client({ host, port, user, password, database: SCALED_DATABASE });
    await client.connect();
    started.push({ stop: () => client.end() });
    // What really ran is written to the log, with its plan.
    await client.query(`ALTER ROLE conversation_service SET session_preload_libraries = 'auto_explain';
      ALTER ROLE conversation_service SET auto_explain.log_min_duration = 0`);
    const people = await client.query<{ visitor_id: string }>(
      'SELECT visitor_id FROM conversation.conversation WHERE visitor_id IS NOT NULL ORDER BY last_activity_at DESC LIMIT 20000',
    );
    const onlineIds = people.rows.filter((_, index) => index % 4 === 0).map((row) => row.visitor_id);
    const service = await startService('conversation', { ...database.env, LOG_LEVEL: 'warn' });
    started.push(service);
    const log = createLogger('bench', { level: 'fatal' });
    const messaging = await Messaging.connect({ servers: database.nats.url, name: 'bench', log });
    started.push({ stop: () => messaging.drain() });
    await measure(messaging, onlineIds);
    const machine = { cores: cpus().length, load: loadavg().map((load) => Number(load.toFixed(2))), rounds: ROUNDS };
    process.stdout.write(
      json ? `${JSON.stringify({ figure: 'machine', ...machine })}\n` : `machine: ${JSON.stringify(machine)}\n`,
    );
    const plans = readFileSync(logFile, 'utf8');
    const whole = plans.match(/Seq Scan on (conversation|message)\b.*/g) ?? [];
    if (!plans.includes('Query Text')) throw new Error('no plan was written to the log');
    if (whole.length > 0) throw new Error(`${whole.length} plans read a whole table, as in: ${whole[0] ?? ''}`);
    process.stdout.write('plans: no Seq Scan on conversation or message\n');
  } finally {
    for (const part of started.reverse()) await part.stop();
    await database.stop();
  }
  if (tooSlow > 0) throw new Error(`${tooSlow} figures are above their goal`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
