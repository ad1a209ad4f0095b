import type { DataOf } from '@conversations/contracts';
import { MessageAdded, MessengerMessageReceived } from '@conversations/contracts';
import type { Activity } from '../conversation/activity.entity';
import { Conversation } from '../conversation/conversation.entity';
import { inbound } from '../conversation/inbound';
import type { InboundBatch } from '../conversation/inbound-batch';
import type { MessageDraft } from '../conversation/message.entity';
import { applyChange } from './change-message';
import { knowPerson, newestThread } from './know-person';
import type { MessengerProfile } from './messenger-profile.entity';
import { newState } from './messenger-state';

type Received = DataOf<typeof MessengerMessageReceived>;

/**
 * A person wrote, or the page answered from elsewhere. A person has no contact record: while a thread is open it takes
 * all messages, after that the next one begins another.
 */
export const receiveMessenger = inbound(
  MessengerMessageReceived,
  ({ idempotencyKey, threadKey, profile }) => ({
    idempotencyKey,
    messenger: { threadKey, displayName: profile.displayName },
  }),
  (batch, data, cause) => {
    if (!batch.firstUse(data.idempotencyKey)) return;
    const at = new Date(data.receivedAt);
    const profile = knowPerson(batch, { ...data, at, by: 'message' }, cause);
    const { conversation, opening } = threadFor(batch, data, profile, at);
    const draft = draftOf(data, profile, at);
    draft.attachments = batch.bring(data.messageId, 'messenger', data.attachments, at);
    const isInbound = data.direction === 'INBOUND';
    const message = isInbound ? conversation.receive(draft) : conversation.answeredElsewhere(draft);
    for (const change of batch.messenger.early.take(data.idempotencyKey)) applyChange(batch, message, change);
    batch.addMessage(message);
    if (opening) {
      const snapshot = { ...conversation.snapshot(), version: opening.sequence };
      batch.announceOpened(conversation, { conversation: snapshot, activity: opening.snapshot() }, cause);
    }
    const added = { conversation: conversation.snapshot(), message: message.snapshot() };
    batch.announce(MessageAdded, conversation, added, cause);
  },
);

/**
 * The open thread. What the page answered from elsewhere opens nothing again: it stands in the newest thread, whatever
 * state that is in. Without one, both begin a thread, so that nothing is lost.
 */
function threadFor(
  batch: InboundBatch,
  { threadKey, direction }: Received,
  profile: MessengerProfile,
  at: Date,
): { conversation: Conversation; opening: Activity | null } {
  const known = direction === 'INBOUND' ? batch.openThread(threadKey) : newestThread(batch, threadKey);
  if (known) return { conversation: known, opening: null };
  const title = profile.displayName;
  const { conversation, activity } = Conversation.open(
    { threadKey, visitorId: null, contactId: null, messengerProfileId: profile.id, title, channel: 'messenger' },
    { kind: 'system', id: null, name: title },
    at,
  );
  batch.keep(conversation);
  batch.addActivity(activity);
  return { conversation, opening: activity };
}

function draftOf(data: Received, profile: MessengerProfile, at: Date): MessageDraft {
  const { messageId, idempotencyKey, direction, text, attachments, media } = data;
  const isInbound = direction === 'INBOUND';
  // Never an empty bubble.
  const isEmpty = text === '' && attachments.length === 0 && media === 'READY';
  return {
    id: messageId,
    idempotencyKey,
    channel: 'messenger',
    direction,
    author: isInbound
      ? { kind: 'messenger-profile', id: profile.id, name: profile.displayName }
      : { kind: 'system', id: null, name: data.profile.pageName },
    text,
    attachments: [],
    clientMessageId: null,
    form: null,
    messenger: newState({ external: !isInbound, unsupported: data.unsupported || isEmpty, media }),
    createdAt: at,
  };
}
