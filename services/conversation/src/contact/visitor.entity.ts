import type { VisitorOrigin } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { z } from 'zod';

export type Origin = z.output<typeof VisitorOrigin>;

const TOKEN_LIFE_MS = 365 * 24 * 60 * 60 * 1000;

/** What agents read where the name of a visitor is not known. */
export function visitorName(visitorId: string): string {
  return `Visitor ${visitorId.slice(-4).toUpperCase()}`;
}

/** A browser that wrote in the widget. */
@Entity('visitor')
export class Visitor {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'site_id' })
  siteId!: string;

  @Column('text', { name: 'token_hash' })
  tokenHash!: string;

  @Column('text', { name: 'contact_id', nullable: true })
  contactId!: string | null;

  /** True when the host page's backend vouched for the contact; false when a form claimed it. */
  @Column('boolean')
  identified!: boolean;

  @Column('text', { nullable: true })
  locale!: string | null;

  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt!: Date;

  /** A year after its last visit the browser has to begin anew. */
  isExpired(now: Date): boolean {
    return now.getTime() - this.lastSeenAt.getTime() > TOKEN_LIFE_MS;
  }
}

/**
 * The rows of these visitors, made where they are missing, locked until the transaction ends. The flow that a conversation of
 * theirs begins with comes along, because a statement of its own would be one more for each batch.
 */
export async function findOrInsertVisitors(
  tx: Tx,
  origins: readonly Origin[],
  now: Date,
): Promise<(VisitorLink & { newestFlow: number | null })[]> {
  const sorted = [...origins].sort((a, b) => (a.visitorId < b.visitorId ? -1 : 1));
  return tx.query(
    `INSERT INTO visitor (id, site_id, token_hash, locale, page_url, page_title, created_at, last_seen_at)
     SELECT *, $7::timestamptz, $7::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
     ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at
     RETURNING id, contact_id AS "contactId", identified,
       (SELECT max(version) FROM automation_version) AS "newestFlow"`,
    [
      sorted.map((origin) => origin.visitorId),
      sorted.map((origin) => origin.siteId),
      sorted.map((origin) => origin.tokenHash),
      sorted.map((origin) => origin.locale),
      sorted.map((origin) => origin.page?.url ?? null),
      sorted.map((origin) => origin.page?.title ?? null),
      now,
    ],
  );
}

/** Reads and locks them, in the order of their ids. */
export async function lockVisitors(tx: Tx, ids: readonly string[]): Promise<VisitorLink[]> {
  return tx.query(
    `SELECT id, contact_id AS "contactId", identified FROM visitor WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    [ids],
  );
}

export type VisitorLink = Pick<Visitor, 'id' | 'contactId' | 'identified'>;

/** Writes which contact visitors belong to in one statement. */
export async function updateVisitorLinks(tx: Tx, visitors: readonly VisitorLink[]): Promise<void> {
  await tx.query(
    `UPDATE visitor SET contact_id = v.contact_id, identified = v.identified
     FROM unnest($1::text[], $2::text[], $3::boolean[]) AS v (id, contact_id, identified) WHERE visitor.id = v.id`,
    [
      visitors.map((visitor) => visitor.id),
      visitors.map((visitor) => visitor.contactId),
      visitors.map((visitor) => visitor.identified),
    ],
  );
}
