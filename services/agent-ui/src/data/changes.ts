import {
  AssignConversationDocument,
  CompleteConversationDocument,
  MarkConversationUnreadDocument,
  OpenConversationDocument,
  type RefusalFragment,
  ReopenConversationDocument,
  RetryMessageDocument,
} from '../generated/documents';
import type { ConversationRows, RowPatch } from './conversation-rows';
import type { Requests } from './request';
import { ChangeRefused } from './request-error';
import type { ConversationRow } from './types';

interface Changed {
  conversation: ConversationRow | null;
  errors: readonly RefusalFragment[];
}

interface ChangesOptions {
  rows: ConversationRows;
  requests: Requests;
  agentId: string;
  /** Null: not known (yet). */
  nameOf: (agentId: string) => string | null;
  /** This agent changed it: lists show that at once. */
  onMine: (id: string) => void;
}

/** What an agent does to a conversation: shown at once, put back when the server refuses or cannot be asked. */
export class Changes {
  private readonly reading = new Set<string>();

  constructor(private readonly options: ChangesOptions) {}

  complete(id: string): Promise<void> {
    const patch: RowPatch = { status: 'COMPLETED', completed: this.stamp() };
    return this.change(id, patch, async (input) => {
      const { requests } = this.options;
      return (await requests.run(CompleteConversationDocument, { input })).completeConversation;
    });
  }

  reopen(id: string): Promise<void> {
    return this.change(id, { status: 'OPEN', completed: null }, async (input) => {
      const { requests } = this.options;
      return (await requests.run(ReopenConversationDocument, { input })).reopenConversation;
    });
  }

  markUnread(id: string): Promise<void> {
    return this.change(id, { unread: true, read: null }, async (input) => {
      const { requests } = this.options;
      return (await requests.run(MarkConversationUnreadDocument, { input })).markConversationUnread;
    });
  }

  /** `shownId`: the newest message that was on the screen. One that the server has and that was not stays unread. */
  async markRead(id: string, shownId?: string): Promise<void> {
    if (this.reading.has(id)) return;
    this.reading.add(id);
    try {
      const upToMessageId = shownId ?? this.options.rows.get(id)?.lastMessage?.id ?? null;
      await this.change(id, { unread: false, read: this.stamp() }, async ({ conversationId }) => {
        const input = { conversationId, markRead: true, upToMessageId };
        return (await this.options.requests.run(OpenConversationDocument, { input })).openConversation;
      });
    } finally {
      this.reading.delete(id);
    }
  }

  assign(id: string, agentId: string | null): Promise<void> {
    const assignee = agentId === null ? null : { id: agentId, displayName: this.options.nameOf(agentId) ?? '' };
    return this.change(id, { assignee }, async ({ conversationId }) => {
      const input = { conversationId, agentId };
      return (await this.options.requests.run(AssignConversationDocument, { input })).assignConversation;
    });
  }

  /** A stored message whose delivery failed. Its new state is pushed. */
  async retryStored(messageId: string): Promise<void> {
    const { retryMessage } = await this.options.requests.run(RetryMessageDocument, { input: { messageId } });
    if (retryMessage.errors.length > 0) throw new ChangeRefused(retryMessage.errors);
  }

  private async change(
    id: string,
    patch: RowPatch,
    ask: (input: { conversationId: string }) => Promise<Changed>,
  ): Promise<void> {
    const { rows, onMine } = this.options;
    const askedAt = rows.now;
    const takeOff = rows.patch(id, patch);
    onMine(id);
    try {
      const { conversation, errors } = await ask({ conversationId: id });
      if (errors.length > 0) throw new ChangeRefused(errors);
      // Before the patch goes, so that nothing flickers.
      if (conversation !== null) rows.answer(conversation, askedAt);
    } finally {
      takeOff();
      onMine(id);
    }
  }

  private stamp(): NonNullable<ConversationRow['read']> {
    const { agentId, nameOf } = this.options;
    return {
      at: new Date().toISOString(),
      by: { id: agentId, displayName: nameOf(agentId) ?? '' },
      byAutomation: null,
    };
  }
}
