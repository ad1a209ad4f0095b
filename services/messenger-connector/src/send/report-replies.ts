import { MessengerDeliveryChanged } from '@conversations/contracts';
import { emitAll, type Tx } from '@conversations/persistence';
import { type Marks, type PartState, stateOf } from './reply-state';

interface ReplyRow extends Marks {
  message_id: string;
  conversation_id: string;
  attempt: number;
  reported: string | null;
}

/** Tells what is new about these messages, each once; call it after their parts, or the marks of their people, changed. */
export async function reportReplies(tx: Tx, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const replies = await tx.query<ReplyRow[]>(
    `SELECT reply.message_id, conversation_id, attempt, reported, delivered_at, seen_at
     FROM reply LEFT JOIN person USING (page_id, person_id)
     WHERE reply.message_id = ANY($1) ORDER BY reply.message_id FOR UPDATE OF reply`,
    [messageIds],
  );
  const parts = await tx.query<(PartState & { message_id: string })[]>(
    `SELECT message_id, place, attempt, state, open, sent_at, failure_code, detail FROM part WHERE message_id = ANY($1)`,
    [messageIds],
  );
  const news = replies.flatMap((reply) => {
    const state = stateOf(
      parts.filter(({ message_id: id }) => id === reply.message_id),
      reply,
    );
    const mark = state === null ? null : `${state.state} ${state.failureCode ?? ''} ${reply.attempt}`;
    return state === null || mark === reply.reported ? [] : [{ reply, state, mark }];
  });
  if (news.length === 0) return;
  await tx.query(
    `UPDATE reply SET reported = new.reported FROM unnest($1::text[], $2::text[]) AS new (message_id, reported)
     WHERE reply.message_id = new.message_id`,
    [news.map(({ reply }) => reply.message_id), news.map(({ mark }) => mark)],
  );
  await emitAll(
    tx,
    news.map(({ reply, state: { at, ...state } }) => ({
      contract: MessengerDeliveryChanged,
      key: reply.conversation_id,
      data: {
        ...state,
        conversationId: reply.conversation_id,
        messageId: reply.message_id,
        attempt: reply.attempt,
        at: (at ?? new Date()).toISOString(),
      },
    })),
  );
}

/** The messages to these people that something new may be said of. */
export async function repliesTo(tx: Tx, people: readonly { pageId: string; personId: string }[]): Promise<string[]> {
  const rows = await tx.query<{ message_id: string }[]>(
    `SELECT DISTINCT message_id FROM part
     JOIN unnest($1::text[], $2::text[]) AS heard (page_id, person_id) USING (page_id, person_id)
     JOIN reply USING (message_id)
     WHERE part.state = 'sent' AND (reported IS NULL OR reported NOT LIKE 'SEEN %')`,
    [people.map(({ pageId }) => pageId), people.map(({ personId }) => personId)],
  );
  return rows.map(({ message_id: id }) => id);
}
