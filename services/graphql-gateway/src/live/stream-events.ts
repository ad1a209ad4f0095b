import type {
  ActivitySnapshot,
  AutomationVersion,
  Channel,
  ChannelChanged,
  ConversationSnapshot,
  CountInbox,
  DataOf,
  Envelope,
  MessageSnapshot,
  OutputOf,
  SavedResponseCategorySnapshot,
  SavedResponseSnapshot,
} from '@conversations/contracts';
import {
  ConversationContactChanged,
  ConversationOpened,
  MessageAdded,
  MessageChanged,
  SavedResponseCategoryDeleted,
  SavedResponseDeleted,
} from '@conversations/contracts';
import type { Agent } from '../auth/agent';
import type { VisitorParent } from '../parents';

export type ResyncReason = 'CURSOR_EXPIRED' | 'CURSOR_UNKNOWN' | 'TOO_MANY_EVENTS' | 'SLOW_CONSUMER';
type Line = ({ __typename: 'Message' } & MessageSnapshot) | ({ __typename: 'ConversationActivity' } & ActivitySnapshot);

/** One item of a subscription, as its resolvers take it. */
export type PushedEvent = { cursor: string } & (
  | { __typename: 'StreamReady'; replaying: boolean }
  | { __typename: 'ResyncRequired'; reason: ResyncReason }
  | { __typename: 'ConversationUpserted'; conversation: ConversationSnapshot; notify: boolean }
  | { __typename: 'InboxCountersChanged'; inbox: OutputOf<typeof CountInbox> }
  | { __typename: 'VisitorPresenceChanged'; visitor: VisitorParent }
  | { __typename: 'ChatbotAutomationPublished'; published: AutomationVersion }
  | { __typename: 'AgentChanged'; agent: Agent }
  | { __typename: 'TimelineItemAdded'; edge: { cursor: string; node: Line } }
  | { __typename: 'MessageChanged'; message: MessageSnapshot }
  | { __typename: 'AgentActivityChanged'; conversationId: string }
  | { __typename: 'ChannelChanged'; kind: Channel; name: string; canSend: boolean }
  | {
      __typename: 'SavedResponsesChanged';
      savedResponse: SavedResponseSnapshot | null;
      deletedId: string | null;
      category: SavedResponseCategorySnapshot | null;
    }
);

/** What one event of the log carries for screens. */
export interface LogChange {
  /** Of what changed: a conversation, a saved response or a category of them, a channel. */
  id: string;
  version: number;
  conversation: ConversationSnapshot | null;
  message: MessageSnapshot | null;
  /** The person on Messenger whose name, picture or window changed. */
  changedProfileId: string | null;
  inbox: PushedEvent[];
  thread: PushedEvent[];
}

type ChangedChannel = DataOf<typeof ChannelChanged>['channel'];

interface EventData {
  automation?: AutomationVersion;
  channel?: ChangedChannel;
  conversation?: ConversationSnapshot;
  savedResponse?: SavedResponseSnapshot;
  category?: SavedResponseCategorySnapshot;
  message?: MessageSnapshot;
  activity?: ActivitySnapshot;
}

/**
 * A pushed item with the cursor that the thread's page gives it: its place, which is a message's position, or for an
 * activity line the position before it and the version that it belongs to.
 */
const edgeOf = (node: Line, version: number) => {
  const place = node.__typename === 'Message' ? [node.position, 0] : [node.afterPosition, version];
  return { cursor: Buffer.from(place.join('.')).toString('base64url'), node };
};

/**
 * The items that an event becomes. Of several items for one subscription only the last has the
 * event's own cursor: whoever loses the connection between them gets all of them again. Null for an event that no
 * screen shows.
 */
export function changeOf(envelope: Envelope, cursor: string, previousCursor: string): LogChange | null {
  const { automation, channel, conversation, message, activity, savedResponse, category } = envelope.data as EventData;
  if (automation !== undefined) return automationChange(automation, cursor);
  if (savedResponse !== undefined || category !== undefined)
    return savedResponsesChange(envelope.type, cursor, savedResponse ?? null, category ?? null);
  if (channel !== undefined) return channelChange(cursor, channel);
  if (conversation === undefined) return null;
  const added = envelope.type === MessageAdded.type;
  const upserted = (at: string): PushedEvent => ({
    __typename: 'ConversationUpserted',
    cursor: at,
    conversation,
    // A machine's mail is shown, but nobody is called for it.
    notify: added && message?.direction === 'INBOUND' && !message.email?.automatic,
  });
  const item: PushedEvent | null =
    message !== undefined && envelope.type === MessageChanged.type
      ? { __typename: 'MessageChanged', cursor, message }
      : message !== undefined
        ? {
            __typename: 'TimelineItemAdded',
            cursor,
            edge: edgeOf({ __typename: 'Message', ...message }, conversation.version),
          }
        : activity !== undefined
          ? {
              __typename: 'TimelineItemAdded',
              cursor,
              edge: edgeOf({ __typename: 'ConversationActivity', ...activity }, conversation.version),
            }
          : null;
  // A new conversation is shown with its first message, which follows at once: before it there is nothing to show.
  const opened = envelope.type === ConversationOpened.type;
  const known = opened ? [] : [upserted(item === null ? cursor : previousCursor)];
  return {
    id: conversation.id,
    version: conversation.version,
    conversation,
    message: message ?? null,
    changedProfileId: envelope.type === ConversationContactChanged.type ? conversation.messengerProfileId : null,
    inbox: opened ? [] : [upserted(cursor)],
    thread: item === null ? known : [...known, item],
  };
}

function automationChange(published: AutomationVersion, cursor: string): LogChange {
  const event: PushedEvent = { __typename: 'ChatbotAutomationPublished', cursor, published };
  return {
    ...{ id: published.id, version: published.version, conversation: null, message: null, changedProfileId: null },
    ...{ inbox: [event], thread: [] },
  };
}

function savedResponsesChange(
  type: string,
  cursor: string,
  savedResponse: SavedResponseSnapshot | null,
  category: SavedResponseCategorySnapshot | null,
): LogChange | null {
  const changed = savedResponse ?? category;
  if (changed === null) return null;
  const isDeleted = type === SavedResponseDeleted.type || type === SavedResponseCategoryDeleted.type;
  const event: PushedEvent = isDeleted
    ? { __typename: 'SavedResponsesChanged', cursor, savedResponse: null, deletedId: changed.id, category: null }
    : { __typename: 'SavedResponsesChanged', cursor, savedResponse, deletedId: null, category };
  return inboxChange(changed, event);
}

function channelChange(cursor: string, { id, kind, name, canSend, changedAt }: ChangedChannel): LogChange {
  return inboxChange(
    { id, version: Date.parse(changedAt) },
    { __typename: 'ChannelChanged', cursor, kind, name, canSend },
  );
}

/** Nothing of one conversation's. */
const inboxChange = ({ id, version }: { id: string; version: number }, event: PushedEvent): LogChange => ({
  ...{ id, version, conversation: null, message: null, changedProfileId: null },
  ...{ inbox: [event], thread: [] },
});
