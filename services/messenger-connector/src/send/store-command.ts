import { type DataOf, type InboundAttachment, messengerThreadKey, type SendMessenger } from '@conversations/contracts';
import { PermanentError } from '@conversations/messaging';
import { Database, type Tx } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { Injectable } from '@nestjs/common';
import { Pages } from '../pages/pages';
import { reportReplies } from './report-replies';
import { Sender } from './sender';
import { splitText } from './split-text';

type Command = DataOf<typeof SendMessenger>;

/** Takes the order to send into the ledger; the sender works from there, in order. */
@Injectable()
export class StoreCommand {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly sender: Sender,
  ) {}

  async run(command: Command): Promise<void> {
    const prefix = messengerThreadKey(command.pageId, '');
    if (!command.threadKey.startsWith(prefix)) throw new PermanentError('the thread is not of the page');
    const personId = command.threadKey.slice(prefix.length);
    await this.database.transaction((tx) => this.store(tx, command, personId));
    this.sender.wake();
  }

  private async store(tx: Tx, command: Command, personId: string): Promise<void> {
    const { messageId, pageId, attempt, window } = command;
    const written = await tx.query<unknown[]>(
      `INSERT INTO reply (message_id, conversation_id, page_id, person_id, thread_key, attempt, closes_at, human_agent_until, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())
       ON CONFLICT (message_id) DO UPDATE SET attempt = $6, closes_at = $7, human_agent_until = $8, reported = NULL
       WHERE reply.attempt < $6
       RETURNING message_id`,
      [
        messageId,
        command.conversationId,
        pageId,
        personId,
        command.threadKey,
        attempt,
        window.closesAt,
        window.humanAgentUntil,
      ],
    );
    if (written.length === 0) return;
    // Sent again by a person: what arrived, and what is still on its way, is not sent twice.
    const there = await tx.query<{ place: number }[]>(
      `SELECT place FROM part WHERE message_id = $1 AND (state = 'sent' OR open)`,
      [messageId],
    );
    const parts = partsOf(command).filter(({ place }) => !there.some((one) => one.place === place));
    const page = this.pages.find(pageId);
    const canGo = page?.enabled === true;
    await tx.query(
      `INSERT INTO part (id, message_id, attempt, place, page_id, person_id, text, attachment, state, failure_code, not_before, created_at)
       SELECT id, $1, $2, place, $3, $4, text, attachment, $5, $6, now(), now()
       FROM unnest($7::text[], $8::int[], $9::text[], $10::jsonb[]) AS new (id, place, text, attachment)
       ORDER BY place`,
      [
        ...[messageId, attempt, pageId, personId, canGo ? 'queued' : 'failed', canGo ? null : 'PAGE_NOT_CONNECTED'],
        parts.map(() => newId('mpt')),
        parts.map(({ place }) => place),
        parts.map(({ text }) => text),
        parts.map(({ attachment }) => (attachment === null ? null : JSON.stringify(attachment))),
      ],
    );
    await reportReplies(tx, [messageId]);
  }
}

/** The text first, then the files, each with its place in the message. */
function partsOf({
  text,
  attachments,
}: Command): { place: number; text: string | null; attachment: InboundAttachment | null }[] {
  const texts = splitText(text).map((piece) => ({ text: piece, attachment: null }));
  const files = attachments.map((attachment) => ({ text: null, attachment }));
  return [...texts, ...files].map((part, place) => ({ ...part, place }));
}
