import {
  GetContacts,
  GetConversations,
  GetMessages,
  GetReplyOptions,
  GetVisitors,
  type InputOf,
  ListConversations,
  ListTimelines,
  MAX_BATCH,
  type OutputOf,
} from '@conversations/contracts';
import type { Messaging } from '@conversations/messaging';
import DataLoader from 'dataloader';

export type ConversationPage = OutputOf<typeof ListConversations>['pages'][number];
export type ConversationPageKey = InputOf<typeof ListConversations>['pages'][number];
export type TimelinePage = OutputOf<typeof ListTimelines>['pages'][number];
export type TimelinePageKey = InputOf<typeof ListTimelines>['pages'][number];

/** Pages that one request may ask for, by contract. */
const LISTS_AT_ONCE = 50;
const TIMELINES_AT_ONCE = 100;

/**
 * Everything that one operation, or one batch of pushed events, asks of the conversation service: each kind of thing
 * is one request however many objects want it.
 */
export function createLoaders(messaging: Pick<Messaging, 'request'>) {
  const byId = <T>(ask: (ids: string[]) => Promise<{ items: (T | null)[] }>) =>
    new DataLoader<string, T | null>(async (ids) => (await ask([...ids])).items, { maxBatchSize: MAX_BATCH });
  return {
    conversations: byId((ids) => messaging.request(GetConversations, { ids })),
    messages: byId((ids) => messaging.request(GetMessages, { ids })),
    contacts: byId((ids) => messaging.request(GetContacts, { ids })),
    visitors: byId((ids) => messaging.request(GetVisitors, { ids })),
    replyOptions: byId((ids) => messaging.request(GetReplyOptions, { ids })),
    lists: new DataLoader<ConversationPageKey, ConversationPage, string>(
      async (pages) => (await messaging.request(ListConversations, { pages: [...pages] })).pages,
      { maxBatchSize: LISTS_AT_ONCE, cacheKeyFn: (key) => JSON.stringify(key) },
    ),
    timelines: new DataLoader<TimelinePageKey, TimelinePage, string>(
      async (pages) => (await messaging.request(ListTimelines, { pages: [...pages] })).pages,
      { maxBatchSize: TIMELINES_AT_ONCE, cacheKeyFn: (key) => JSON.stringify(key) },
    ),
  };
}
export type Loaders = ReturnType<typeof createLoaders>;
