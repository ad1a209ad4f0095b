import type { InputOf, OutputOf, Reply as ReplyRequest } from '@conversations/contracts';
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
import { AttachmentRejected, EmptyMessage, IdempotencyConflict, MessageTooLong } from './reply-errors';
import { MAX_LENGTH } from './reply-options';
import { ReplyOptionsQuery } from './reply-options.query';
import { storeConversations } from './store-conversations';

type Input = InputOf<typeof ReplyRequest>;
type Output = OutputOf<typeof ReplyRequest>;

/** An agent answers. A completed conversation stays completed: only the other side or an explicit reopen puts it back. */
@Injectable()
export class Reply {
  constructor(
    private readonly database: Database,
    private readonly options: ReplyOptionsQuery,
    private readonly rules: EmailRules,
  ) {}

  run(input: Input): Promise<Output> {
    const text = input.text.trim();
    const attachmentIds = [...new Set(input.attachmentIds)];
    if (text === '' && attachmentIds.length === 0) throw new EmptyMessage();
    if (text.length > MAX_LENGTH[input.channel]) throw new MessageTooLong(MAX_LENGTH[input.channel]);
    return this.database.transaction((tx) => this.store(tx, { ...input, text, attachmentIds }));
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
    const message = conversation.reply({ ...draft(input, uploads, at), ...details }, by);
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

    // The message's own key decides whether this was sent before; whether the channel may be used counts for new ones only.
    const [inserted] = await insertMessages(tx, [message]);
    if (!inserted) return { message: await storedAs(tx, message, attachmentIds), conversation: before };
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
}

function draft(input: Input, uploads: Map<string, Attachment>, at: Date): Parameters<Conversation['reply']>[0] {
  return {
    id: newId('msg'),
    idempotencyKey: `agent:${input.by.id}:${input.clientMessageId.toLowerCase()}`,
    channel: input.channel,
    direction: 'OUTBOUND',
    author: input.by,
    text: input.text,
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
async function storedAs(tx: Tx, sent: Message, attachmentIds: readonly string[]): Promise<Output['message']> {
  const stored = await tx.findOneByOrFail(Message, { idempotencyKey: sent.idempotencyKey });
  const same =
    stored.conversationId === sent.conversationId &&
    stored.channel === sent.channel &&
    stored.text === sent.text &&
    stored.attachments.map(({ id }) => id).join() === attachmentIds.join();
  if (!same) throw new IdempotencyConflict(stored.id);
  return stored.snapshot();
}
