import { z } from 'zod';
import { ActivitySnapshot, ContactSnapshot, ConversationSnapshot, MessageSnapshot } from './conversation';
import { defineEvent } from './define';
import { exampleConversation, exampleMessage, exampleStamp } from './examples';

const withActivity = z.object({ conversation: ConversationSnapshot, activity: ActivitySnapshot });
const withConversation = z.object({ conversation: ConversationSnapshot });

type ExampleKind = 'OPENED' | 'COMPLETED' | 'REOPENED' | 'ASSIGNED' | 'AUTOMATION_HANDED_OFF';
const activity = (kind: ExampleKind, afterPosition: number) => ({
  id: 'act_019329a0c4b37cc0a1b2c3d4e5f60718',
  conversationId: exampleConversation.id,
  kind,
  stamp: exampleStamp,
  assigneeId: kind === 'ASSIGNED' ? exampleStamp.by.id : null,
  afterPosition,
});

/** Every event's `data.conversation` is the conversation as it stood right after the event, at the event's `sequence`. */
export const ConversationOpened = defineEvent('conversation.opened.v1', withActivity, {
  summary: 'A new conversation began; its first message follows as message-added.',
  example: { conversation: { ...exampleConversation, version: 1 }, activity: activity('OPENED', 0) },
});

export const MessageAdded = defineEvent(
  'conversation.message-added.v1',
  z.object({ conversation: ConversationSnapshot, message: MessageSnapshot }),
  {
    summary: 'A message, inbound or outbound, was stored in a conversation.',
    example: { conversation: exampleConversation, message: exampleMessage },
  },
);

export const MessageChanged = defineEvent(
  'conversation.message-changed.v1',
  z.object({ conversation: ConversationSnapshot, message: MessageSnapshot }),
  {
    summary: 'A stored message changed, for example its delivery state.',
    example: {
      conversation: { ...exampleConversation, version: 3 },
      message: {
        ...exampleMessage,
        direction: 'OUTBOUND',
        author: exampleStamp.by,
        delivery: { state: 'SEEN', at: '2026-11-22T13:36:20.000Z', failureCode: null, detail: null, retryable: false },
      },
    },
  },
);

export const ConversationRead = defineEvent('conversation.read.v1', withConversation, {
  summary: 'An agent opened the newest inbound message: the conversation is read for every agent.',
  example: {
    conversation: { ...exampleConversation, version: 3, unread: false, read: exampleStamp, agentReadPosition: 1 },
  },
});

export const ConversationUnread = defineEvent('conversation.unread.v1', withConversation, {
  summary: 'An agent marked the conversation unread again for every agent.',
  example: { conversation: { ...exampleConversation, version: 4 } },
});

export const ConversationCompleted = defineEvent('conversation.completed.v1', withActivity, {
  summary: 'The conversation was completed for every agent.',
  example: {
    conversation: { ...exampleConversation, version: 5, status: 'COMPLETED', completed: exampleStamp },
    activity: activity('COMPLETED', 1),
  },
});

export const ConversationReopened = defineEvent('conversation.reopened.v1', withActivity, {
  summary: 'A completed conversation is open again, through a new message or an agent.',
  example: { conversation: { ...exampleConversation, version: 6 }, activity: activity('REOPENED', 1) },
});

export const ConversationAssigned = defineEvent('conversation.assigned.v1', withActivity, {
  summary: 'The conversation has another owner, or none.',
  example: {
    conversation: { ...exampleConversation, version: 7, assigneeId: exampleStamp.by.id },
    activity: activity('ASSIGNED', 1),
  },
});

export const ConversationHandedOff = defineEvent('conversation.handed-off.v1', withActivity, {
  summary: 'The chatbot automation has done its part: an agent goes on.',
  example: {
    conversation: { ...exampleConversation, version: 6, lastPosition: 4 },
    activity: {
      ...activity('AUTOMATION_HANDED_OFF', 4),
      stamp: { by: { kind: 'automation', id: 'automation', name: 'Assistant' }, at: '2026-11-22T13:36:10.000Z' },
    },
  },
});

export const ConversationContactChanged = defineEvent(
  'conversation.contact-changed.v1',
  z.object({
    conversation: ConversationSnapshot,
    /** CONTACT_LINKED or EMAIL_COLLECTED; absent when only the person's name, and with it the title, picture or window changed. */
    activity: ActivitySnapshot.optional(),
  }),
  {
    summary: 'The conversation belongs to a contact, or what is known of its person changed.',
    example: {
      conversation: { ...exampleConversation, version: 8, contactId: 'con_019329a0c4b57cc0a1b2c3d4e5f60718' },
      activity: {
        ...activity('ASSIGNED', 1),
        kind: 'CONTACT_LINKED',
        assigneeId: null,
        stamp: {
          by: { kind: 'visitor', id: 'vis_019329a0c4b07cc0a1b2c3d4e5f60718', name: 'Visitor 0718' },
          at: '2026-11-22T13:40:00.000Z',
        },
      },
    },
  },
);

const exampleContact = {
  id: 'con_019329a0c4b57cc0a1b2c3d4e5f60718',
  displayName: 'Ann Okafor',
  email: 'ann@example.com',
  emailVerified: false,
  phone: null,
  company: null,
  createdAt: '2026-11-22T13:40:00.000Z',
};

export const ContactCreated = defineEvent('contact.created.v1', z.object({ contact: ContactSnapshot }), {
  summary: 'A contact was made from a form, an incoming email or a signed identity.',
  example: { contact: exampleContact },
});

export const ContactChanged = defineEvent('contact.changed.v1', z.object({ contact: ContactSnapshot }), {
  summary: 'What is known about a contact changed.',
  example: { contact: { ...exampleContact, emailVerified: true } },
});
