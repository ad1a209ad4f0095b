import type { InputOf, OutputOf, Reply as ReplyRequest, UserError } from '@conversations/contracts';
import { ConversationAssigned, ConversationCompleted, MessageAdded } from '@conversations/contracts';
import type { Emission, Tx } from '@conversations/persistence';
import { Database, emitAll, unawaited } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { Injectable } from '@nestjs/common';
import { endRun } from '../automation/run-rows';
import type { Attachment } from '../attachment/attachment.entity';
import { bindToMessages, lockUploads } from '../attachment/attachment.entity';
import { EmailRules } from '../mail/email-rules';
import type { Activity } from './activity.entity';
import { insertActivities } from './activity.entity';
import type { Conversation } from './conversation.entity';
import { lockConversation } from './lock-conversation';
import { Message } from './message.entity';
import { insertMessages } from './message-rows';
import { outgoingChannels } from './outgoing';
import { AttachmentRejected, EmptyMessage, IdempotencyConflict, MessageTooLong, UnresolvedTags } from './reply-errors';
import { MAX_LENGTH } from './reply-options';
import { ReplyOptionsQuery } from './reply-options.query';
import type { ResolvedText } from './reply-tags';
import { couldBecome, resolveTags } from './reply-tags';
import { storeConversations } from './store-conversations';
import { TagValuesQuery } from './tag-values.query';

type Input = InputOf<typeof ReplyRequest>;
type Output = OutputOf<typeof ReplyRequest>;

/** An agent answers. A completed conversation stays completed: only the other side or an explicit reopen puts it back. */
@Injectable()
export class Reply {
  constructor(
    private readonly database: Database,
    private readonly options: ReplyOptionsQuery,
    private readonly rules: EmailRules,
    private readonly tagValues: TagValuesQuery,
  ) {}

  run(input: Input): Promise<Output> {
    const attachmentIds = [...new Set(input.attachmentIds)];
    return this.database.transaction((tx) => this.store(tx, { ...input, attachmentIds }));
  }

  private async store(tx: Tx, input: Input): Promise<Output> {
    const { by } = input;
    const at = new Date();
    const conversation = await lockConversation(tx, input.conversationId);
    const before = conversation.snapshot();
    const { attachmentIds } = input;
    const uploads = attachmentIds.length > 0 ? await lockUploads(tx, attachmentIds) : new Map<string, Attachment>();
    const activities: Activity[] = [];
    const events: Emission[] = [];
    const announce = (emission: Pick<Emission, 'contract' | 'data'>) =>
      events.push({ ...emission, key: conversation.id, sequence: conversation.version, actor: by.id });

    const assigned = conversation.assigneeId === null ? conversation.assign(by.id, by, at) : null;
    if (assigned) {
      activities.push(assigned);
      announce({
        contract: ConversationAssigned,
        data: { conversation: conversation.snapshot(), activity: assigned.snapshot() },
      });
    }
    const outgoing = outgoingChannels[input.channel];
    const details = await outgoing?.details(tx, conversation, { by, mailAddress: this.rules.address });
    const resolved = await this.resolve(tx, input);
    const refused = refusalOf(resolved, input);
    const message = conversation.reply({ ...draft(input, resolved.text, uploads, at), ...details }, by);
    announce({
      contract: MessageAdded,
      data: { conversation: conversation.snapshot(), message: message.snapshot() },
    });
    const completed = input.complete ? conversation.complete(by, at) : null;
    if (completed) {
      activities.push(completed);
      announce({
        contract: ConversationCompleted,
        data: { conversation: conversation.snapshot(), activity: completed.snapshot() },
      });
    }

    // The message's own key decides whether this was sent before; whether it may be sent counts for new ones only.
    const [inserted] = refused ? [] : await insertMessages(tx, [message]);
    if (!inserted) return { message: await storedAs(tx, message, input, refused), conversation: before };
    if (attachmentIds.length > 0) await attach(tx, message, attachmentIds, uploads);
    await this.options.assertAvailable(tx, conversation.id, input.channel);
    await storeConversations(tx, [conversation]);
    // The bot speaks in web chats alone.
    if (conversation.visitorId) unawaited(tx, endRun(tx, conversation.id));
    if (activities.length > 0) await insertActivities(tx, activities);
    const attachments = attachmentIds.flatMap((id) => uploads.get(id)?.sent() ?? []);
    const command = await outgoing?.command(tx, { conversation, message, attachments });
    if (command) announce(command);
    await emitAll(tx, events);
    return { message: message.snapshot(), conversation: conversation.snapshot() };
  }

  /** The text as it is stored and sent. Most have no tag, and nothing is asked for them. */
  private async resolve(tx: Tx, { text, conversationId, by }: Input): Promise<ResolvedText> {
    const values = text.includes('{{') ? await this.tagValues.of(tx, conversationId, by) : null;
    const resolved = resolveTags(text, values);
    return { ...resolved, text: resolved.text.trim() };
  }
}

/** What the agent has to mend first; limits hold for the text that is sent. */
function refusalOf({ text, tags }: ResolvedText, { channel, attachmentIds }: Input): UserError | null {
  const unresolved = tags.filter(({ problem }) => problem !== null);
  if (unresolved.length > 0) return new UnresolvedTags(unresolved);
  if (text === '' && attachmentIds.length === 0) return new EmptyMessage();
  return text.length > MAX_LENGTH[channel] ? new MessageTooLong(MAX_LENGTH[channel]) : null;
}

function draft(
  input: Input,
  text: string,
  uploads: Map<string, Attachment>,
  at: Date,
): Parameters<Conversation['reply']>[0] {
  return {
    id: newId('msg'),
    idempotencyKey: `agent:${input.by.id}:${input.clientMessageId.toLowerCase()}`,
    channel: input.channel,
    direction: 'OUTBOUND',
    author: input.by,
    text,
    attachments: input.attachmentIds.flatMap((id) => uploads.get(id)?.snapshot() ?? []),
    clientMessageId: input.clientMessageId,
    form: null,
    createdAt: at,
  };
}

/** Binds the agent's own unsent uploads to the message; one that is none of them refuses the whole message. */
async function attach(
  tx: Tx,
  message: Message,
  ids: readonly string[],
  uploads: ReadonlyMap<string, Attachment>,
): Promise<void> {
  const sent = ids.map((id, index) => {
    const upload = uploads.get(id);
    if (!upload?.belongsTo('agent', message.authorId ?? '')) throw new AttachmentRejected(index, 'UNKNOWN');
    if (!upload.sendable) throw new AttachmentRejected(index, upload.messageId === null ? 'UNKNOWN' : 'SENT');
    upload.messageId = message.id;
    return upload;
  });
  await bindToMessages(tx, sent);
}

/** The stored message of the same key; with other content the key was used twice. */
async function storedAs(
  tx: Tx,
  sent: Message,
  { text, attachmentIds }: Input,
  refused: UserError | null,
): Promise<Output['message']> {
  const stored = await tx.findOneBy(Message, { idempotencyKey: sent.idempotencyKey });
  if (!stored) throw refused ?? new Error(`${sent.idempotencyKey} is neither new nor stored`);
  const same =
    stored.conversationId === sent.conversationId &&
    stored.channel === sent.channel &&
    // Names may have changed since: the text that was stored is the one that was sent.
    couldBecome(text, stored.text) &&
    stored.attachments.map(({ id }) => id).join() === attachmentIds.join();
  if (!same) throw new IdempotencyConflict(stored.id);
  return stored.snapshot();
}
