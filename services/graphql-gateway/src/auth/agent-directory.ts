import { Database } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { AGENT_COLUMNS, type Agent } from './agent';

const FRESH_MS = 5_000;

/**
 * Every account of the installation, at most 5 s old: names stand beside every message, and a pushed event must not
 * wait for the database. Roles and sessions are never decided from here.
 */
@Injectable()
export class AgentDirectory {
  private agents = new Map<string, Agent>();
  private loadedAt = 0;
  private loading: Promise<void> | null = null;

  constructor(private readonly database: Database) {}

  /** The account as last loaded; null when there is none. Starts a reload when the copy is old, without waiting. */
  peek(id: string): Agent | null {
    if (Date.now() - this.loadedAt > FRESH_MS) this.reload().catch(() => undefined);
    return this.agents.get(id) ?? null;
  }

  /** The account as it stands now, or at most 5 s ago. */
  async find(id: string): Promise<Agent | null> {
    if (!this.agents.has(id) || Date.now() - this.loadedAt > FRESH_MS) await this.reload();
    return this.agents.get(id) ?? null;
  }

  /** By name. */
  async all(): Promise<Agent[]> {
    if (Date.now() - this.loadedAt > FRESH_MS) await this.reload();
    return [...this.agents.values()];
  }

  reload(): Promise<void> {
    this.loading ??= this.load().finally(() => {
      this.loading = null;
    });
    return this.loading;
  }

  private async load(): Promise<void> {
    const rows = await this.database.dataSource.query<Agent[]>(
      `SELECT ${AGENT_COLUMNS} FROM agent a ORDER BY a.display_name, a.id`,
    );
    this.agents = new Map(rows.map((agent) => [agent.id, agent]));
    this.loadedAt = Date.now();
  }
}
