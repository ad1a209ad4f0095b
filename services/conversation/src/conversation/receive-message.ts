import type { DataOf, Envelope, MessageSnapshot } from '@conversations/contracts';
import { ChatMessageReceived, ConversationReopened, MessageAdded } from '@conversations/contracts';
import { PermanentError } from '@conversations/messaging';
import type { Activity } from './activity.entity';
import type { Origin } from '../contact/visitor.entity';
import { visitorName } from '../contact/visitor.entity';
import { Conversation } from './conversation.entity';
import { inbound } from './inbound';
import type { InboundBatch } from './inbound-batch';

/** A visitor wrote in the widget. */
export const receiveMessage = inbound(
  ChatMessageReceived,
  ({ origin, idempotencyKey, attachments }) => ({
    visitorId: origin.visitorId,
    origin,
    idempotencyKey,
    uploadIds: attachments.map(({ id }) => id),
  }),
  (batch, data, cause) => {
    const added = addFromVisitor(batch, { ...data, form: null }, cause);
    if (added?.opened) batch.automation.begin(batch, added.conversation, cause);
  },
);

type FromVisitor = Omit<DataOf<typeof ChatMessageReceived>, 'origin'> & {
  origin: Origin;
  form: MessageSnapshot['form'];
};

/** Adds to the visitor's one conversation, which opens with its first message; null for a message that is stored already. */
export function addFromVisitor(
  batch: InboundBatch,
  from: FromVisitor,
  cause: Envelope,
): { conversation: Conversation; opened: boolean } | null {
  if (!batch.firstUse(from.idempotencyKey)) return null;
  const attachments = batch.attach(
    from.messageId,
    from.origin.visitorId,
    from.attachments.map(({ id }) => id),
  );
  // Its gateway looked before it passed it on: in between, another tab sent the same files.
  if (from.text === '' && attachments.length === 0) throw new PermanentError('nothing of the message may be stored');
  const at = new Date(from.receivedAt);
  const { conversation, opening } = openOrReopen(batch, from, at, cause);
  const message = conversation.receive({
    id: from.messageId,
    idempotencyKey: from.idempotencyKey,
    channel: 'chat',
    direction: 'INBOUND',
    author: { kind: 'visitor', id: from.origin.visitorId, name: conversation.title },
    text: from.text,
    attachments,
    clientMessageId: from.clientMessageId,
    form: from.form,
    createdAt: at,
  });
  batch.addMessage(message);
  if (opening) {
    // Its snapshot names the first message, because there is no conversation without one.
    const snapshot = { ...conversation.snapshot(), version: opening.sequence };
    batch.announceOpened(conversation, { conversation: snapshot, activity: opening.snapshot() }, cause);
  }
  batch.announce(
    MessageAdded,
    conversation,
    { conversation: conversation.snapshot(), message: message.snapshot() },
    cause,
  );
  return { conversation, opened: opening !== null };
}

function openOrReopen(
  batch: InboundBatch,
  from: FromVisitor,
  at: Date,
  cause: Envelope,
): { conversation: Conversation; opening: Activity | null } {
  const { visitorId } = from.origin;
  const known = batch.conversationOf(visitorId);
  if (!known) {
    const contact = batch.people.contactOf(visitorId);
    const title = contact?.displayName ?? visitorName(visitorId);
    const { conversation, activity } = Conversation.open(
      { threadKey: from.threadKey, visitorId, contactId: contact?.id ?? null, title, channel: 'chat' },
      { kind: 'visitor', id: visitorId, name: title },
      at,
    );
    batch.keep(conversation);
    batch.addActivity(activity);
    return { conversation, opening: activity };
  }
  const activity = known.reopen({ kind: 'visitor', id: visitorId, name: known.title }, at);
  if (activity) {
    batch.addActivity(activity);
    const data = { conversation: known.snapshot(), activity: activity.snapshot() };
    batch.announce(ConversationReopened, known, data, cause);
  }
  return { conversation: known, opening: null };
}
