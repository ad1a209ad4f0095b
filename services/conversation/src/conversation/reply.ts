import type { InputOf, OutputOf, ReplyOption } from '@conversations/contracts';
import {
  ConversationAssigned,
  ConversationCompleted,
  MessageAdded,
  Reply as ReplyRequest,
  UserError,
} from '@conversations/contracts';
import type { Emission, Tx } from '@conversations/persistence';
import { Database, emitAll } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { Injectable } from '@nestjs/common';
import type { Attachment } from '../attachment/attachment.entity';
import { bindToMessages, lockUploads } from '../attachment/attachment.entity';
import type { Activity } from './activity.entity';
import { insertActivities } from './activity.entity';
import type { Conversation } from './conversation.entity';
import { lockConversation } from './lock-conversation';
import { insertMessages, Message } from './message.entity';
import { MAX_LENGTH } from './reply-options';
import { ReplyOptionsQuery } from './reply-options.query';
import { storeConversations } from './store-conversations';

type Input = InputOf<typeof ReplyRequest>;
type Output = OutputOf<typeof ReplyRequest>;

class EmptyMessage extends UserError {
  constructor() {
    super('EMPTY_MESSAGE', 'Write something before you send.', { path: ['input', 'text'] });
  }
}

class MessageTooLong extends UserError {
  constructor(maxLength: number) {
    super('TOO_LONG', `A message has at most ${maxLength} characters.`, { path: ['input', 'text'] });
  }
}

class AttachmentRejected extends UserError {
  constructor(index: number, reason: 'UNKNOWN' | 'SENT' | 'CHANNEL') {
    const message = {
      UNKNOWN: 'This file is not there any more, or is not yours. Attach it again.',
      SENT: 'This file was sent with another message. Attach it again.',
      CHANNEL: 'This channel takes no attachments.',
    }[reason];
    super('ATTACHMENT_REJECTED', message, {
      path: ['input', 'attachmentIds', String(index)],
      details: { reason },
    });
  }
}

class IdempotencyConflict extends UserError {
  constructor(existingMessageId: string) {
    super('IDEMPOTENCY_CONFLICT', 'This clientMessageId was used for another message.', {
      path: ['input', 'clientMessageId'],
      details: { existingMessageId },
    });
  }
}

class ChannelNotAvailable extends UserError {
  constructor(reason: ReplyOption['disabledReason']) {
    const code =
      reason === 'EMAIL_ADDRESS_UNKNOWN'
        ? 'EMAIL_ADDRESS_MISSING'
        : reason === 'MESSENGER_WINDOW_CLOSED'
          ? 'REPLY_WINDOW_CLOSED'
          : 'CHANNEL_NOT_AVAILABLE';
    super(code, `The channel cannot carry this answer: ${reason ?? 'UNKNOWN'}. Choose another one.`, {
      path: ['input', 'channel'],
      details: { reason },
    });
  }
}

/** An agent answers. A completed conversation stays completed: only the other side or an explicit reopen puts it back. */
@Injectable()
export class Reply {
  constructor(
    private readonly database: Database,
    private readonly options: ReplyOptionsQuery,
  ) {}

  run(input: Input): Promise<Output> {
    const text = input.text.trim();
    const attachmentIds = [...new Set(input.attachmentIds)];
    if (text === '' && attachmentIds.length === 0) throw new EmptyMessage();
    if (text.length > MAX_LENGTH[input.channel]) throw new MessageTooLong(MAX_LENGTH[input.channel]);
    if (attachmentIds.length > 0 && input.channel !== 'chat') throw new AttachmentRejected(0, 'CHANNEL');
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
    const message = conversation.reply(draft(input, uploads, at), by);
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
    await this.assertAvailable(tx, conversation, input.channel);
    await storeConversations(tx, [conversation]);
    if (activities.length > 0) await insertActivities(tx, activities);
    await emitAll(tx, events);
    return { message: message.snapshot(), conversation: conversation.snapshot() };
  }

  private async assertAvailable(tx: Tx, conversation: Conversation, channel: Message['channel']): Promise<void> {
    const options = await this.options.of(tx, [conversation.id]);
    const option = options.get(conversation.id)?.find((one) => one.channel === channel);
    if (!option?.available) throw new ChannelNotAvailable(option?.disabledReason ?? 'CHANNEL_NOT_CONFIGURED');
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
