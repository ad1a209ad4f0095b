import { randomUUID } from 'node:crypto';
import type { ConversationFilter, ListConversations, OutputOf } from '@conversations/contracts';
import { Reply } from '@conversations/contracts';
import type { DataSource } from 'typeorm';
import { InboxQuery } from '../src/conversation/inbox.query';
import { SearchQuery } from '../src/conversation/search.query';
import { conversationDataSource } from '../src/data-source';
import { SearchWordsMigration } from '../src/migrations/1700000000650-search-words';
import { receives } from './mails';
import type { RunningService } from './running-service';
import { startConversation } from './running-service';
import type { Visitor } from './visitors';
import { answer, fillsForm, newVisitor, says } from './visitors';

type Page = OutputOf<typeof ListConversations>['pages'][number];

/** More than one page or count looks at. */
const BULK = 12_000;
const agentOfBulk = 'agt_0000000000000007';

let service: RunningService;
let dataSource: DataSource;
let inbox: InboxQuery;
let sent: { sql: string; parameters: unknown[] }[] = [];

beforeAll(async () => {
  service = await startConversation({ env: { EMAIL_CHANNEL: 'on', EMAIL_INBOX_ADDRESSES: 'inbox@shop.example' } });
  const { host, port, user, password } = service.postgres;
  dataSource = await conversationDataSource({
    DATABASE_HOST: host,
    DATABASE_PORT: port,
    DATABASE_NAME: 'conversations',
    DATABASE_USER: user,
    DATABASE_PASSWORD: password,
    DATABASE_POOL: 2,
  }).initialize();
  inbox = new InboxQuery(dataSource, new SearchQuery(dataSource));
  const silent = () => undefined;
  dataSource.logger = {
    logQuery: (sql, parameters) => void sent.push({ sql, parameters: (parameters as unknown[] | undefined) ?? [] }),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
  await writeBulk();
}, 120_000);

afterAll(async () => {
  await dataSource?.destroy();
  await service?.stop();
}, 60_000);

/**
 * Conversations of last year, number 1 the oldest, all open and read. "everywhere" stands in each, "often" in the older 6,000,
 * "together twice" is a phrase in number 1 alone. Only number 1 waits for a reply.
 */
async function writeBulk(): Promise<void> {
  const owner = await service.sql('owner');
  await owner.query('BEGIN');
  await owner.query(
    `INSERT INTO conversation (id, thread_key, version, status, waiting_for_reply, unread, read_stamp, title, channels,
       assignee_id, last_channel, last_message_id, last_position, agent_read_position, visitor_read_position,
       last_activity_at, created_at)
     SELECT 'cnv_' || lpad(n::text, 16, '0'), 'bulk:' || n, 2, 'OPEN', n = 1, false, '{}', 'bulk',
       CASE n % 10 WHEN 0 THEN '{email}'::text[] ELSE '{chat}' END, CASE n % 4 WHEN 0 THEN '${agentOfBulk}' END,
       'chat', 'msg_bulk_' || n, 1, 0, 0, now() - interval '1 year' + n * interval '1 minute', now()
     FROM generate_series(1, $1::int) n`,
    [BULK],
  );
  await owner.query(
    `INSERT INTO message (id, conversation_id, position, idempotency_key, channel, direction, author_kind, text, words,
       attachments, delivery_retryable, created_at)
     SELECT 'msg_bulk_' || n, 'cnv_' || lpad(n::text, 16, '0'), 1, 'bulk:' || n, 'chat', 'INBOUND', 'visitor', w.text,
       to_tsvector('simple', w.text), '[]', false, now()
     FROM generate_series(1, $1::int) n,
       LATERAL (SELECT CASE WHEN n = 1 THEN 'everywhere often together twice'
         WHEN n <= 6000 THEN 'everywhere often twice together' ELSE 'everywhere' END AS text) w`,
    [BULK],
  );
  await owner.query('COMMIT');
  await owner.query('VACUUM ANALYZE conversation, message, contact, visitor');
}

const bulk = (n: number) => `cnv_${String(n).padStart(16, '0')}`;

async function page(filter: Partial<ConversationFilter>, first = 50, after: string | null = null, count = false) {
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
  const { pages } = await inbox.list({ pages: [{ filter: { ...every, ...filter }, first, after, count }] });
  return pages[0] as Page;
}

const idsOf = ({ items }: Page) => items.map(({ conversation }) => conversation.id);
const found = async (search: string) => idsOf(await page({ search }));
const marked = async (search: string) => (await page({ search })).items[0]?.match?.excerpt;

/** All pages, each begun where the one before says, and how many there were. */
async function throughout(
  filter: Partial<ConversationFilter>,
  first = 50,
  between?: (turned: number) => Promise<unknown>,
) {
  const ids: string[] = [];
  for (let after: string | null = null, pages = 1; ; pages += 1) {
    const turned: Page = await page(filter, first, after);
    ids.push(...idsOf(turned));
    if (!turned.hasNextPage) return { ids, pages };
    after = turned.endCursor ?? turned.items.at(-1)?.cursor ?? null;
    if (after === null) throw new Error('the page says that more follows, and not where');
    await between?.(pages);
  }
}

async function written(text: string): Promise<{ visitor: Visitor; id: string }> {
  const visitor = newVisitor();
  const { conversationId } = await says(service.messaging, visitor, text);
  return { visitor, id: conversationId };
}

describe('a search', () => {
  it.each([
    ['Mon cœur, l’ÉTÉ est fini', ['coeur', 'ete', 'ÉTÉ fin', '"l’été"', '«est fini»']],
    ['Die Straße in Ærø', ['strasse', 'STRASSE', 'aero']],
    ['re\u0301sume\u0301 ﬁnal ＦＵＬＬ', ['résumé', 'final', 'full']],
    ['東京タワーはどこですか', ['東京', 'タワー', '京タ']],
    ['Zut 🎉👍🏽', ['🎉', '👍']],
    ['Привет, ёлка', ['ПРИВЕТ', 'елк']],
  ])('finds %j without case and accents, by any of %j', async (text, searches) => {
    const { id } = await written(text);
    for (const search of searches) expect([search, await found(search)]).toEqual([search, [id]]);
  });

  it('finds a phrase in quotes only where its words stand side by side', async () => {
    const { id } = await written('The blue chair is here, the lamp is not');
    await written('A chair in blue is here');
    expect(await found('"blue chair"')).toEqual([id]);
    expect(await found('"blue cha"')).toEqual([]);
    expect(await found('"blue cha')).toEqual([id]);
    expect(await found('chair blue')).toHaveLength(2);
    expect(await marked('"Blue CHAIR" lam')).toBe('The \u2068blue chair\u2069 is here, the \u2068lam\u2069p is not');
  });

  it('finds subjects, of mails that came and went, and marks them when the text has nothing', async () => {
    const { conversationId } = await receives(service.messaging, { subject: 'Réservation kumquat', text: 'See above' });
    expect(await found('reservation kumq')).toEqual([conversationId]);
    expect(await marked('kumquat')).toBe('Réservation \u2068kumquat\u2069');
    await service.messaging.request(Reply, { ...answer(conversationId, 'Noted'), channel: 'email' });
    const { items } = await page({ search: 'kumquat' });
    expect(items[0]?.conversation).toMatchObject({ id: conversationId, subject: expect.stringContaining('kumquat') });
  });

  it('finds names and addresses: of the contact, and of whoever else wrote a mail', async () => {
    const name = `Zoë-${randomUUID().slice(0, 6)}`;
    const { visitor, id } = await written('Hello');
    await fillsForm(service.messaging, visitor, { email: `${name.replace('ë', 'e')}@shop.example`, name });
    expect(await found(name.replace('ë', 'e').toUpperCase())).toEqual([id]);
    expect(await found(`"${name}"`)).toEqual([id]);
    const address = `quentin.${randomUUID().slice(0, 6)}@firm.example`;
    const mail = await receives(service.messaging, { from: { name: 'Quentin Öz', address }, text: 'About parsnips' });
    expect(await found(address)).toEqual([mail.conversationId]);
    expect(await found('quentin parsnips')).toEqual([mail.conversationId]);
  });

  it.each([
    '"',
    '"""',
    `"' OR 1=1 --`,
    '<->',
    'a <-> !b | c:*',
    '%_%',
    "x'; DROP TABLE message",
    '\\',
    '\u0000',
    '\ud800x',
    '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'.repeat(7).slice(0, 200),
    'w '.repeat(100),
    '\u2068\u2069',
    '❤️',
  ])('answers %j without an error', async (search) => {
    await expect(page({ search }, 5, null, true)).resolves.toMatchObject({ items: expect.any(Array) as unknown });
  });

  it('pages neither repeat nor leave out while messages arrive', async () => {
    const word = `okapi${randomUUID().slice(0, 6)}`;
    const people: { visitor: Visitor; id: string }[] = [];
    for (let index = 0; index < 9; index += 1) people.push(await written(word));
    const { ids } = await throughout({ search: word }, 2, async (turned) => {
      // One that was shown and one that is still to come move to the top; a new one comes.
      const [shown, coming] = [people[8 - turned], people[turned - 1]];
      if (turned === 2 && shown && coming) {
        for (const { visitor } of [shown, coming]) await says(service.messaging, visitor, 'again');
        await written(word);
      }
    });
    const moved = people[1]?.id;
    const expected = people.map(({ id }) => id).filter((id) => id !== moved);
    expect(ids).toEqual(expected.reverse());
  });
});

describe('the cost has an end', () => {
  it('words that stand everywhere fill a page without the index, and all pages hold each conversation once', async () => {
    sent = [];
    expect(idsOf(await page({ search: 'everywh', status: 'OPEN' }, 2))).toEqual([bulk(BULK), bulk(BULK - 1)]);
    expect(sent).toHaveLength(2);
  });

  it('common words that are all in old conversations are found page by page', async () => {
    const first = await page({ search: 'often' });
    expect(first).toMatchObject({ items: [], hasNextPage: true, endCursor: expect.any(String) as unknown });
    const { ids, pages } = await throughout({ search: 'often' }, 100);
    expect(ids).toEqual(Array.from({ length: 6_000 }, (_, index) => bulk(6_000 - index)));
    expect(pages).toBeLessThan(70);
    expect((await page({ search: 'often' }, 1, null, true)).totalCount).toBeNull();
  });

  it('a rare phrase of common words is found too', async () => {
    expect((await throughout({ search: '"together twice"' })).ids).toEqual([bulk(1)]);
  });

  it('a filter that hardly anything matches ends a page early and says where the next begins', async () => {
    const filter = { status: 'OPEN', waitingForReply: true, assignment: 'UNASSIGNED', channels: ['chat'] } as const;
    const only = { ...filter, channels: [...filter.channels] };
    const first = await page({ ...only, unread: false }, 50, null, true);
    expect(first).toMatchObject({ items: [], hasNextPage: true, totalCount: null });
    expect(await throughout({ ...only, unread: false })).toEqual({ ids: [bulk(1)], pages: 2 });
  });

  it('combined filters of an agent and of who is online page by key and are counted', async () => {
    const people = [];
    for (let index = 0; index < 5; index += 1) people.push(await written('here'));
    const visitorIds = people.map(({ visitor }) => visitor.visitorId);
    for (const { id } of people.slice(1)) await service.messaging.request(Reply, answer(id, 'mine'));
    const assigneeId = answer('', '').by.id;
    const filter = { status: 'OPEN', visitorIds, assigneeId, waitingForReply: false } as const;
    const expected = people.slice(1).map(({ id }) => id);
    expect((await throughout({ ...filter, visitorIds }, 2)).ids).toEqual(expected.reverse());
    expect((await page({ ...filter, visitorIds }, 1, null, true)).totalCount).toBe(4);
  });
});

describe('the plan', () => {
  const filters: Record<string, Partial<ConversationFilter>> = {
    everything: {},
    open: { status: 'OPEN' },
    completed: { status: 'COMPLETED' },
    unread: { status: 'OPEN', unread: true },
    read: { status: 'OPEN', unread: false },
    waiting: { status: 'OPEN', waitingForReply: true },
    email: { status: 'OPEN', channels: ['email'] },
    chat: { status: 'OPEN', channels: ['chat', 'email'] },
    'of an agent': { status: 'OPEN', assigneeId: agentOfBulk },
    unassigned: { status: 'OPEN', assignment: 'UNASSIGNED' },
    online: { status: 'OPEN', visitorIds: Array.from({ length: 500 }, (_, n) => `vis_${String(n).padStart(16, '0')}`) },
    'a rare word': { search: 'nowhere' },
    'a common word': { search: 'often' },
    'a phrase': { status: 'OPEN', search: '"together twice"' },
    'a rare word and a filter': { status: 'OPEN', assigneeId: agentOfBulk, search: 'nowhere' },
  };

  it.each(Object.keys(filters))(
    'of %s uses indexes, on the first page, on a later one and for the count',
    async (name) => {
      const filter = filters[name] ?? {};
      sent = [];
      const first = await page(filter, 20, null, true);
      const after = first.endCursor ?? first.items.at(-1)?.cursor ?? null;
      if (after !== null) await page(filter, 20, after);
      const statements = [...sent];
      expect(statements.length).toBeGreaterThan(0);
      for (const { sql, parameters } of statements) {
        const plan = await dataSource.query<Record<string, string>[]>(`EXPLAIN ${sql}`, parameters);
        const lines = plan.map((row) => row['QUERY PLAN'] ?? '').join('\n');
        expect(lines).not.toMatch(/Seq Scan on (conversation|message)\b/);
      }
    },
  );

  it('of the counters uses indexes', async () => {
    sent = [];
    await inbox.count();
    for (const { sql, parameters } of [...sent]) {
      const plan = await dataSource.query<Record<string, string>[]>(`EXPLAIN ${sql}`, parameters);
      expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan');
    }
  });
});

it('what an earlier release stored is found without accents and as a phrase after the migration', async () => {
  const { id } = await written('Vieil été, vieille école');
  await dataSource.query(`UPDATE message SET words = 'vieil été vieille école' WHERE conversation_id = $1`, [id]);
  expect(await found('"vieil ete"')).toEqual([]);
  const runner = dataSource.createQueryRunner();
  await new SearchWordsMigration().up(runner);
  await runner.release();
  expect(await found('"vieil ete"')).toEqual([id]);
  expect(await found('ecole')).toEqual([id]);
});
