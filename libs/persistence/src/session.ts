import { Client, type QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

const CONNECT_LIMIT_MS = 5_000;
const QUERY_LIMIT_MS = 10_000;

/**
 * One connection outside the pool, for what belongs to a session: advisory locks, and the work done under them, so that
 * whoever lost the lock cannot go on writing either.
 */
export class Session {
  private lost = false;

  private constructor(private readonly client: Client) {}

  /** `parameters` are set for the whole session. `onLost` is called once when the connection ends by itself. */
  static async open(
    dataSource: DataSource,
    options: { schema: string; name: string; parameters?: Record<string, string>; onLost?: () => void },
  ): Promise<Session> {
    const login = dataSource.options;
    if (login.type !== 'postgres') throw new Error('Only Postgres is supported');
    const parameters = {
      search_path: options.schema,
      // The locks of a machine that vanished without a word are free after about 6 s.
      tcp_keepalives_idle: '3',
      tcp_keepalives_interval: '1',
      tcp_keepalives_count: '3',
      ...options.parameters,
    };
    const client = new Client({
      host: login.host,
      port: login.port,
      user: login.username,
      password: login.password as string,
      database: login.database,
      application_name: `${login.applicationName ?? options.schema} ${options.name}`,
      options: Object.entries(parameters)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      query_timeout: QUERY_LIMIT_MS,
    });
    const session = new Session(client);
    // Without a listener the loss of an idle connection would end the process.
    const end = () => {
      if (session.lost) return;
      session.lost = true;
      options.onLost?.();
    };
    client.on('error', end);
    client.on('end', end);
    await client.connect();
    return session;
  }

  get isLost(): boolean {
    return this.lost;
  }

  /** With a `name` the statement is prepared once. The answer has 10 s unless told otherwise. */
  async query<R extends QueryResultRow>(
    text: string,
    values: unknown[] = [],
    { limitMs = QUERY_LIMIT_MS, name }: { limitMs?: number; name?: string } = {},
  ): Promise<R[]> {
    const statement = { text, values, name, query_timeout: limitMs };
    return (await this.client.query<R>(statement)).rows;
  }

  /** True: this session holds the lock of that name until it ends or unlocks. */
  async tryLock(name: string): Promise<boolean> {
    const [row] = await this.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      [name],
    );
    return row?.locked === true;
  }

  async unlock(name: string): Promise<void> {
    await this.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  }

  /** Ends the session and with it its locks, without telling `onLost`. */
  async close(): Promise<void> {
    if (this.lost) return;
    this.lost = true;
    await this.client.end();
  }
}
