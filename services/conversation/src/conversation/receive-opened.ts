import { ChatWidgetOpened } from '@conversations/contracts';
import { visitorName } from '../contact/visitor.entity';
import { Conversation } from './conversation.entity';
import { inbound } from './inbound';

/** A visitor without a conversation opened the widget where the bot speaks first; it begins one, which calls nobody yet. */
export const receiveOpened = inbound(
  ChatWidgetOpened,
  ({ origin }) => ({ visitorId: origin.visitorId, origin }),
  (batch, { threadKey, origin: { visitorId, page }, at: openedAt }, cause) => {
    if (batch.conversationOf(visitorId) || !batch.automation.greetsOn(page)) return;
    const at = new Date(openedAt);
    const contact = batch.people.contactOf(visitorId);
    const title = contact?.displayName ?? visitorName(visitorId);
    const { conversation, activity } = Conversation.open(
      { threadKey, visitorId, contactId: contact?.id ?? null, title, channel: 'chat' },
      { kind: 'visitor', id: visitorId, name: title },
      at,
    );
    conversation.beginQuietly(at);
    batch.automation.greet(batch, conversation, cause, () => {
      batch.keep(conversation);
      batch.addActivity(activity);
      const snapshot = { ...conversation.snapshot(), version: activity.sequence };
      batch.announceOpened(conversation, { conversation: snapshot, activity: activity.snapshot() }, cause);
    });
  },
);
