/**
 * What the rest of the app knows of conversations: hooks to read, actions to change, nothing of requests or sockets.
 * Actions show at once and reject with RequestError, or with ChangeRefused whose `errors` are the server's user errors;
 * then what they showed is put back.
 */
import { running, runningData } from './running';
import type { InboundMessage, NewMessage, PendingMessage } from './types';

export * from './types';
export * from './hooks';
export { ChangeRefused, RequestError } from './request-error';
export { request } from './request';
export { startData } from './running';
export { READ_AFTER_MS, type Reading, shouldMarkRead } from './read-rule';

/** Rejects also when nobody is signed in any more. */
const doing = async (act: () => Promise<void>): Promise<void> => act();

export const actions = {
  complete: (id: string) => doing(() => runningData().changes.complete(id)),
  reopen: (id: string) => doing(() => runningData().changes.reopen(id)),
  /** Call when `shouldMarkRead` says so, with the newest message that was on the screen: what came after it stays unread. */
  markRead: (id: string, shownId?: string) => doing(() => runningData().changes.markRead(id, shownId)),
  markUnread: (id: string) => doing(() => runningData().changes.markUnread(id)),
  assign: (id: string, agentId: string | null) => doing(() => runningData().changes.assign(id, agentId)),
  /** Tells other agents; call as often as you like, it is paced. Null: looking at none. */
  viewing: (id: string | null, writing: boolean): void => running.get()?.attention.viewing(id, writing),
  /** Ends the writing that `viewing` told. */
  sentWriting: (): void => running.get()?.attention.sent(),
  /** A stored message whose delivery failed. */
  retryStored: (messageId: string) => doing(() => runningData().changes.retryStored(messageId)),
};

export const outbox = {
  /** Messages of this agent that are not stored yet, refused ones too. */
  count: (): number => running.get()?.outbox.count ?? 0,
  /** Gives the clientMessageId at once: the bubble is there, and the conversation's draft is empty. */
  send: (message: NewMessage): string => runningData().outbox.send(message),
  retry: (clientMessageId: string): void => running.get()?.outbox.retry(clientMessageId),
  /** Takes it out and gives it back, so that its text can return to the draft in the same turn. Undefined: too late. */
  discard: (clientMessageId: string): PendingMessage | undefined => running.get()?.outbox.discard(clientMessageId),
  changeChannel: (clientMessageId: string, channel: NewMessage['channel']): void =>
    running.get()?.outbox.changeChannel(clientMessageId, channel),
};

/** An inbound message was pushed, also over sign-ins. Gives how to stop hearing. */
export const onInboundMessage = (hear: (message: InboundMessage) => void) => heard((data) => data.inbound, hear);
/** One was changed, or some may have been without being heard of. */
export const onSavedResponsesChanged = (hear: () => void) => heard((data) => data.savedResponses, hear);
export const onChannelChanged = (hear: () => void) => heard((data) => data.channels, hear);
/** A version of the chatbot automation was published; null when some may have been that were not heard of. */
export const onAutomationPublished = (hear: (version: number | null) => void) => heard((data) => data.automation, hear);

function heard<T>(
  listenersOf: (data: ReturnType<typeof runningData>) => Set<(news: T) => void>,
  hear: (news: T) => void,
): () => void {
  let leave = (): void => undefined;
  const join = (): void => {
    leave();
    const data = running.get();
    if (data === null) return;
    listenersOf(data).add(hear);
    leave = () => void listenersOf(data).delete(hear);
  };
  join();
  const stop = running.subscribe(join);
  return () => {
    stop();
    leave();
  };
}
