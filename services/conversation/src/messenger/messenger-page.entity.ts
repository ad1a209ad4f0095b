import type { DataOf, MessengerPageChanged } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A page of this installation; until it says otherwise, answers can be sent through it. */
@Entity('messenger_page')
export class MessengerPage {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column('boolean', { name: 'can_send' })
  canSend!: boolean;

  @Column('timestamptz', { name: 'changed_at', nullable: true })
  changedAt!: Date | null;
}

type Told = DataOf<typeof MessengerPageChanged>;

/**
 * The newest that is told of a page holds; gives the ids of those of which this was the newest. Sorted by id, so that two
 * transactions wait for each other in one direction only.
 */
export async function storePages(tx: Tx, pages: readonly Told[]): Promise<Set<string>> {
  const sorted = [...pages].sort((a, b) => (a.pageId < b.pageId ? -1 : 1));
  const stored = await tx.query<{ id: string }[]>(
    `INSERT INTO messenger_page (id, name, can_send, changed_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[])
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, can_send = excluded.can_send, changed_at = excluded.changed_at
     WHERE messenger_page.changed_at IS NULL OR messenger_page.changed_at <= excluded.changed_at
     RETURNING id`,
    [
      sorted.map(({ pageId }) => pageId),
      sorted.map(({ pageName }) => pageName),
      sorted.map(({ canSend }) => canSend),
      sorted.map(({ at }) => at),
    ],
  );
  return new Set(stored.map(({ id }) => id));
}
