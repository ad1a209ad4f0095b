import { AgentChanged } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Database } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { LOG } from '../tokens';
import { AGENT_COLUMNS, type Agent } from './agent';

/** What a live message announces is seen at once; this is for messages that got lost. */
const RELOAD_MS = 1_000;

const differ = (one: Agent | undefined, other: Agent) =>
  one?.displayName !== other.displayName || one.role !== other.role || one.active !== other.active;

/**
 * Every account of the installation, at most 2 s old: names stand beside every message, and a pushed event must not
 * wait for the database. Roles and sessions are never decided from here.
 */
@Injectable()
export class AgentDirectory {
  private agents = new Map<string, Agent>();
  private loading: Promise<void> | null = null;
  private next: Promise<void> | null = null;
  private stale = false;
  private timer: NodeJS.Timeout | null = null;
  private onChange: (agent: Agent) => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly messaging: Messaging,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Loads all accounts and keeps them current. */
  async start(): Promise<void> {
    await this.reload();
    this.messaging.subscribeLive(AgentChanged, () => this.refresh());
    this.timer = setInterval(() => this.refresh(), RELOAD_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** Hears of accounts that are new or have changed, at every replica. */
  listen(onChange: (agent: Agent) => void): void {
    this.onChange = onChange;
  }

  /** The account as last loaded; null when there is none. */
  peek(id: string): Agent | null {
    return this.agents.get(id) ?? null;
  }

  /** The account as it stands in the database now. */
  async find(id: string): Promise<Agent | null> {
    await this.reload();
    return this.peek(id);
  }

  /** By name, as they stand in the database now. */
  async all(): Promise<Agent[]> {
    await this.reload();
    return [...this.agents.values()];
  }

  /** Callers share a query only when it begins after their call: nobody gets what was true before. */
  private reload(): Promise<void> {
    if (this.loading === null) {
      this.loading = this.load().finally(() => {
        this.loading = null;
      });
      return this.loading;
    }
    this.next ??= this.loading
      .catch(() => undefined)
      .then(() => {
        this.next = null;
        return this.reload();
      });
    return this.next;
  }

  private refresh(): void {
    this.reload().then(
      () => {
        this.stale = false;
      },
      (error: unknown) => {
        // Once for each outage: it is tried again every second.
        if (!this.stale) this.log.warn({ err: error }, 'agents.not-reloaded');
        this.stale = true;
      },
    );
  }

  private async load(): Promise<void> {
    const rows = await this.database.dataSource.query<Agent[]>(
      `SELECT ${AGENT_COLUMNS} FROM agent a ORDER BY a.display_name, a.id`,
    );
    const before = this.agents;
    this.agents = new Map(rows.map((agent) => [agent.id, agent]));
    for (const agent of rows) if (differ(before.get(agent.id), agent)) this.onChange(agent);
  }
}
