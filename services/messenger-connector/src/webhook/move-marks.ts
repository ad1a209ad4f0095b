import type { Tx } from '@conversations/persistence';
import type { Item } from '../normalise/fact';
import { repliesTo } from '../send/report-replies';

/**
 * Delivery and read marks moved the people's watermarks already; resolves with the messages that this may say something new of.
 * A delivered part was sent at the latest at the watermark that names it, whatever our own clock says.
 */
export async function moveMarks(tx: Tx, items: readonly Item[]): Promise<string[]> {
  const marks = items.flatMap(({ pageId, fact }) =>
    fact.kind === 'delivery' || fact.kind === 'read' ? [{ pageId, personId: fact.personId, fact }] : [],
  );
  if (marks.length === 0) return [];
  const named = marks.flatMap(({ pageId, fact }) =>
    fact.kind === 'delivery' ? fact.mids.map((mid) => ({ pageId, mid, watermark: fact.watermark })) : [],
  );
  if (named.length > 0) {
    await tx.query(
      `UPDATE part SET sent_at = least(sent_at, mark.at)
       FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS mark (page_id, mid, at)
       WHERE part.page_id = mark.page_id AND part.mid = mark.mid AND part.state = 'sent'`,
      [
        named.map(({ pageId }) => pageId),
        named.map(({ mid }) => mid),
        named.map(({ watermark }) => new Date(watermark).toISOString()),
      ],
    );
  }
  return repliesTo(tx, marks);
}
