import type { ReplyOption, ReplyTag } from '@conversations/contracts';
import { UserError } from '@conversations/contracts';

export class EmptyMessage extends UserError {
  constructor() {
    super('EMPTY_MESSAGE', 'Write something before you send.', { path: ['input', 'text'] });
  }
}

export class MessageTooLong extends UserError {
  constructor(maxLength: number) {
    super('TOO_LONG', `A message has at most ${maxLength} characters.`, { path: ['input', 'text'] });
  }
}

export class UnresolvedTags extends UserError {
  constructor(tags: readonly ReplyTag[]) {
    const named = [...new Set(tags.map(({ written }) => written))].slice(0, 5).join(', ');
    super(
      'UNRESOLVED_TAGS',
      `Nothing can be put in for ${named}. Write the words yourself, or give a fallback: {{…|there}}.`,
      {
        path: ['input', 'text'],
        details: { tags },
      },
    );
  }
}

export class AttachmentRejected extends UserError {
  constructor(index: number, reason: 'UNKNOWN' | 'SENT') {
    const message = {
      UNKNOWN: 'This file is not there any more, or is not yours. Attach it again.',
      SENT: 'This file was sent with another message. Attach it again.',
    }[reason];
    super('ATTACHMENT_REJECTED', message, {
      path: ['input', 'attachmentIds', String(index)],
      details: { reason },
    });
  }
}

export class IdempotencyConflict extends UserError {
  constructor(existingMessageId: string) {
    super('IDEMPOTENCY_CONFLICT', 'This clientMessageId was used for another message.', {
      path: ['input', 'clientMessageId'],
      details: { existingMessageId },
    });
  }
}

export class ChannelNotAvailable extends UserError {
  constructor({ disabledReason: reason, windowClosesAt }: Pick<ReplyOption, 'disabledReason' | 'windowClosesAt'>) {
    const code =
      reason === 'EMAIL_ADDRESS_UNKNOWN'
        ? 'EMAIL_ADDRESS_MISSING'
        : reason === 'MESSENGER_WINDOW_CLOSED'
          ? 'REPLY_WINDOW_CLOSED'
          : 'CHANNEL_NOT_AVAILABLE';
    super(code, `The channel cannot carry this answer: ${reason ?? 'UNKNOWN'}. Choose another one.`, {
      path: ['input', 'channel'],
      details: { reason, ...(windowClosesAt === null ? {} : { closedAt: windowClosesAt }) },
    });
  }
}

export class MessageNotFound extends UserError {
  constructor() {
    super('NOT_FOUND', 'There is no such message.', { path: ['input', 'messageId'] });
  }
}

export class NeverSentAgain extends UserError {
  constructor() {
    super('INVALID_INPUT', 'This message cannot be sent again. Write a new one.', { path: ['input', 'messageId'] });
  }
}
