import {
  GetAutomation,
  GetContacts,
  GetConversations,
  GetMailBodies,
  GetMessages,
  GetReplyOptions,
  GetSavedResponses,
  GetVisitors,
  type InputOf,
  ListConversations,
  ListSavedResponseCategories,
  ListSavedResponses,
  ListTimelines,
  MAX_BATCH,
  MAX_SAVED_RESPONSES,
  type AutomationSnapshot,
  type OutputOf,
  type SavedResponseCategorySnapshot,
} from '@conversations/contracts';
import type { Messaging } from '@conversations/messaging';
import DataLoader from 'dataloader';

export type ConversationPage = OutputOf<typeof ListConversations>['pages'][number];
export type ConversationPageKey = InputOf<typeof ListConversations>['pages'][number];
export type TimelinePage = OutputOf<typeof ListTimelines>['pages'][number];
export type TimelinePageKey = InputOf<typeof ListTimelines>['pages'][number];
export type SavedResponsePage = OutputOf<typeof ListSavedResponses>['pages'][number];
export type SavedResponsePageKey = InputOf<typeof ListSavedResponses>['pages'][number];

/** Pages that one request may ask for, by contract. */
const LISTS_AT_ONCE = 50;
const TIMELINES_AT_ONCE = 100;

/**
 * Everything that one operation, or one batch of pushed events, asks of other services: each kind of thing
 * is one request however many objects want it.
 */
export function createLoaders(messaging: Pick<Messaging, 'request'>) {
  const byId = <T>(ask: (ids: string[]) => Promise<{ items: (T | null)[] }>, maxBatchSize = MAX_BATCH) =>
    new DataLoader<string, T | null>(async (ids) => (await ask([...ids])).items, { maxBatchSize });
  return {
    conversations: byId((ids) => messaging.request(GetConversations, { ids })),
    messages: byId((ids) => messaging.request(GetMessages, { ids })),
    contacts: byId((ids) => messaging.request(GetContacts, { ids })),
    mailBodies: byId((ids) => messaging.request(GetMailBodies, { ids })),
    /** How often HTML was asked for. */
    htmlRead: 0,
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
    /** By version. */
    automations: new DataLoader<number | 'newest', AutomationSnapshot | null>((versions) =>
      Promise.all(
        versions.map(
          async (version) =>
            (await messaging.request(GetAutomation, { version: version === 'newest' ? null : version })).automation,
        ),
      ),
    ),
    savedResponses: byId((ids) => messaging.request(GetSavedResponses, { ids }), MAX_SAVED_RESPONSES),
    savedResponseLists: new DataLoader<SavedResponsePageKey, SavedResponsePage, string>(
      async (pages) => (await messaging.request(ListSavedResponses, { pages: [...pages] })).pages,
      { maxBatchSize: MAX_SAVED_RESPONSES, cacheKeyFn: (key) => JSON.stringify(key) },
    ),
    // There are 100 at most: whoever wants one asks for all, and the order of all comes with them.
    savedResponseCategories: new DataLoader<string, SavedResponseCategorySnapshot | null>(async (ids) => {
      const { items } = await messaging.request(ListSavedResponseCategories, {});
      const byId = new Map(items.map((category) => [category.id, category]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
  };
}
export type Loaders = ReturnType<typeof createLoaders>;
