import { Database, emitAll, type Tx } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { Pages } from '../pages/pages';
import { meetPeople } from '../people/person';
import type { EchoItem } from '../send/confirm-echoes';
import { announceFiles, messageReceived, type ToldMessage } from './tell-messages';

const BATCH = 50;

/** Echoes that waited for the answers of their thread's parts, and are of none of them: they were written elsewhere. */
@Injectable()
export class ReleaseEchoes {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  /** True when more are due. */
  async run(): Promise<boolean> {
    return this.database.transaction((tx) => this.release(tx));
  }

  private async release(tx: Tx): Promise<boolean> {
    const [rows] = await tx.query<[{ item: EchoItem }[], number]>(
      `DELETE FROM echo WHERE (page_id, mid) IN
         (SELECT page_id, mid FROM echo WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING item, EXISTS (SELECT FROM part WHERE part.page_id = echo.page_id AND part.mid = echo.mid) AS ours`,
      [BATCH],
    );
    const echoes = rows.filter((row) => !('ours' in row && row.ours === true)).map(({ item }) => item);
    const heard = echoes.map(({ pageId, fact }) => ({
      ...{ pageId, personId: fact.personId },
      ...{ openedAt: null, deliveredAt: null, seenAt: null },
    }));
    const unique = [...new Map(heard.map((one) => [`${one.pageId} ${one.personId}`, one])).values()];
    const people = await meetPeople(tx, unique);
    const told = echoes.flatMap((item): ToldMessage[] => {
      const page = this.pages.find(item.pageId);
      const person = people.find((one) => one.page_id === item.pageId && one.person_id === item.fact.personId);
      return page && person ? [{ item, fact: item.fact, person, page }] : [];
    });
    await announceFiles(tx, told);
    await emitAll(
      tx,
      told.map((one) => messageReceived(one, new Date())),
    );
    return rows.length === BATCH;
  }
}
