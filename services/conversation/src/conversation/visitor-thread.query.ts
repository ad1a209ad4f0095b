import type {
  FindAskedForm,
  FindVisitorMessages,
  InputOf,
  ListVisitorMessages,
  MessageAuthor,
  OutputOf,
  ResumeVisitor,
  VisitorMessage,
} from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { botKey } from '../automation/perform-effects';
import { Visitor } from '../contact/visitor.entity';
import { Conversation } from './conversation.entity';
import { Message } from './message.entity';

type Resumed = OutputOf<typeof ResumeVisitor>;

const RESET_BEYOND = 200;
const RESET_PAGE = 50;
/** The year slides, but a visitor that comes back ten times a day is written once. */
const SLIDE_AFTER_MS = 24 * 60 * 60 * 1000;

/** Of emails those that are shown to be between the visitor and the agents. */
export const SHOWN = `(m.channel = 'chat' OR (m.channel = 'email' AND NOT coalesce(CAST(m.email->>'agentsOnly' AS boolean), false)))`;

/** What a visitor may see: messages of its own conversation, and of them what the allow-list names. */
@Injectable()
export class VisitorThreadQuery {
  constructor(private readonly dataSource: DataSource) {}

  async resume({ siteId, tokenHash, lastSeq }: InputOf<typeof ResumeVisitor>): Promise<Resumed> {
    const { manager } = this.dataSource;
    const visitor = await manager.findOneBy(Visitor, { tokenHash, siteId });
    const age = visitor ? Date.now() - visitor.lastSeenAt.getTime() : 0;
    if (!visitor || visitor.isExpired(new Date())) return { ...nobody, expired: visitor !== null };
    if (age > SLIDE_AFTER_MS) await manager.update(Visitor, { id: visitor.id }, { lastSeenAt: new Date() });
    const known = { ...nobody, visitor: { id: visitor.id, contactId: visitor.contactId } };
    const conversation = await manager.findOneBy(Conversation, { visitorId: visitor.id });
    if (!conversation) return known;

    const { lastPosition } = conversation;
    // A browser that is ahead holds another installation's thread, or one from before a restored backup.
    const reset = lastSeq > lastPosition || lastPosition - lastSeq > RESET_BEYOND;
    const after = reset ? Math.max(0, lastPosition - RESET_PAGE) : lastSeq;
    const messages = after < lastPosition ? await this.range(conversation.id, after, lastPosition) : [];
    return {
      ...known,
      thread: {
        id: conversation.id,
        state: conversation.status === 'OPEN' ? 'open' : 'completed',
        seq: lastPosition,
        agentReadSeq: conversation.agentReadPosition,
      },
      messages,
      reset,
      hasMore: after > 0,
    };
  }

  async older({
    visitorId,
    beforeSeq,
    limit,
  }: InputOf<typeof ListVisitorMessages>): Promise<OutputOf<typeof ListVisitorMessages>> {
    const found = await this.dataSource.manager
      .createQueryBuilder(Message, 'm')
      .innerJoin('conversation', 'c', 'c.id = m.conversationId AND c.visitor_id = :visitorId', { visitorId })
      .where(`m.position < :beforeSeq AND ${SHOWN}`, { beforeSeq })
      .orderBy('m.position', 'DESC')
      .limit(limit + 1)
      .getMany();
    return { messages: found.slice(0, limit).toReversed().map(visitorMessage), hasMore: found.length > limit };
  }

  async find({
    visitorId,
    clientIds,
  }: InputOf<typeof FindVisitorMessages>): Promise<OutputOf<typeof FindVisitorMessages>> {
    const keys = clientIds.map((clientId) => `chat:${visitorId}:${clientId}`);
    const found = await this.dataSource.manager
      .createQueryBuilder(Message, 'm')
      .where('m.idempotencyKey = ANY(:keys)', { keys })
      .orderBy('m.position')
      .getMany();
    return {
      found: found.map((message) => ({
        clientId: message.clientMessageId ?? '',
        conversationId: message.conversationId,
        seq: message.position,
        id: message.id,
        at: message.createdAt.toISOString(),
      })),
    };
  }

  async askedForm({ visitorId, formId }: InputOf<typeof FindAskedForm>): Promise<OutputOf<typeof FindAskedForm>> {
    const { manager } = this.dataSource;
    const conversation = await manager.findOne(Conversation, { where: { visitorId }, select: { id: true } });
    if (!conversation) return { form: null };
    const asked = await manager.findOneBy(Message, { idempotencyKey: botKey(conversation.id, formId) });
    return { form: asked?.snapshot().askedForm ?? null };
  }

  /** Messages after one position up to another. */
  private async range(conversationId: string, after: number, upTo: number): Promise<VisitorMessage[]> {
    const found = await this.dataSource.manager
      .createQueryBuilder(Message, 'm')
      .where('m.conversationId = :conversationId', { conversationId })
      .andWhere(`m.position > :after AND m.position <= :upTo AND ${SHOWN}`, { after, upTo })
      .orderBy('m.position')
      .getMany();
    return found.map(visitorMessage);
  }
}

const nobody: Resumed = { visitor: null, expired: false, thread: null, messages: [], reset: false, hasMore: false };

const authorKinds: Record<MessageAuthor['kind'], VisitorMessage['author']['kind']> = {
  agent: 'agent',
  visitor: 'visitor',
  contact: 'visitor',
  participant: 'visitor',
  'messenger-profile': 'visitor',
  automation: 'bot',
  system: 'system',
};

/** The allow-list: nothing of a message reaches a visitor but what is named here. */
export function visitorMessage(message: Message): VisitorMessage {
  return {
    seq: message.position,
    id: message.id,
    author: { kind: authorKinds[message.authorKind], name: shownName(message.authorName) },
    channel: message.channel === 'email' ? 'email' : 'chat',
    text: message.text,
    attachments: message.attachments.map(({ id, filename, contentType, byteSize }) => ({
      id,
      filename,
      contentType,
      byteSize,
    })),
    clientId: message.authorKind === 'visitor' ? message.clientMessageId : null,
    ...shownForm(message),
    at: message.createdAt.toISOString(),
  };
}

/** The answers are the visitor's own; what is asked is the bot's. */
function shownForm({ authorKind, form }: Message): Pick<VisitorMessage, 'form' | 'askedForm'> {
  if (form && 'answers' in form) return authorKind === 'visitor' ? { form } : {};
  return form ? { askedForm: form } : {};
}

/** The name of a person, never an address. */
function shownName(name: string | null): string | null {
  return name === null || name.includes('@') ? null : name;
}
