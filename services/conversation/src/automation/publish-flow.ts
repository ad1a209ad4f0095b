import { isDeepStrictEqual } from 'node:util';
import type {
  GetAutomation,
  InputOf,
  ListAutomationVersions,
  OutputOf,
  SaveAutomation,
} from '@conversations/contracts';
import { AUTOMATION_ID, AutomationContent, AutomationPublished } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Database, emit } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { InvalidFlow, StaleAutomation } from './automation-errors';
import { checkFlow } from './check-flow';
import { Flow } from './flow.entity';

/** The published versions of the flow, and the next one. */
@Injectable()
export class PublishFlow {
  constructor(private readonly database: Database) {}

  async get({ version }: InputOf<typeof GetAutomation>): Promise<OutputOf<typeof GetAutomation>> {
    const { manager } = this.database.dataSource;
    const flow = version === null ? await newest(manager) : await manager.findOneBy(Flow, { version });
    return { automation: flow?.snapshot() ?? null };
  }

  async list({
    first,
    before,
  }: InputOf<typeof ListAutomationVersions>): Promise<OutputOf<typeof ListAutomationVersions>> {
    const flows = await this.database.dataSource.manager.find(Flow, {
      ...(before === null ? {} : { where: { version: LessThan(before) } }),
      order: { version: 'DESC' },
      take: first,
    });
    return { items: flows.map((flow) => flow.summary()) };
  }

  /** The same content as the newest version's is no new version. */
  async run({
    expectedVersion,
    content: given,
    by,
  }: InputOf<typeof SaveAutomation>): Promise<OutputOf<typeof SaveAutomation>> {
    const content = AutomationContent.parse(given);
    const problems = checkFlow(content);
    if (problems[0]) throw new InvalidFlow(problems[0], problems);
    return this.database.transaction(async (tx) => {
      const current = await newest(tx);
      if (current?.version === expectedVersion && isDeepStrictEqual(AutomationContent.parse(current.content), content))
        return { automation: current.snapshot() };
      const flow = Object.assign(new Flow(), {
        version: expectedVersion + 1,
        content,
        publishedBy: by,
        publishedAt: new Date(),
      });
      if (!(await insertNext(tx, flow))) {
        const stored = await newest(tx);
        if (!stored) throw new Error('there is no flow: the service has not started yet');
        throw new StaleAutomation(stored.snapshot());
      }
      const options = { sequence: flow.version, actor: by.id };
      await emit(tx, AutomationPublished, AUTOMATION_ID, { automation: flow.summary() }, options);
      return { automation: flow.snapshot() };
    });
  }
}

/** Of any number at once for the same version one is stored, and none that leaves a gap. */
async function insertNext(tx: Tx, { version, content, publishedBy, publishedAt }: Flow): Promise<boolean> {
  const stored: unknown[] = await tx.query(
    `INSERT INTO automation_version (version, content, published_by, published_at)
     SELECT $1::integer, $2::jsonb, $3::jsonb, $4::timestamptz
     WHERE $1::integer - 1 = (SELECT coalesce(max(version), 0) FROM automation_version)
     ON CONFLICT DO NOTHING RETURNING version`,
    [version, content, publishedBy, publishedAt],
  );
  return stored.length > 0;
}

async function newest(tx: Tx): Promise<Flow | null> {
  const [flow] = await tx.find(Flow, { order: { version: 'DESC' }, take: 1 });
  return flow ?? null;
}
