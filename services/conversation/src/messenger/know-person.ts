import type { DataOf, Envelope, MessengerProfileChanged } from '@conversations/contracts';
import { ConversationContactChanged } from '@conversations/contracts';
import type { Conversation } from '../conversation/conversation.entity';
import type { InboundBatch } from '../conversation/inbound-batch';
import type { MessengerProfile } from './messenger-profile.entity';

type Told = Pick<DataOf<typeof MessengerProfileChanged>, 'threadKey' | 'profile' | 'window'> & {
  at: Date;
  /** Whether somebody looked the person up, or a message carried what its adapter knew then. */
  by: 'look-up' | 'message';
};

/**
 * Takes over what a fact tells of a person: every thread bears the name, and screens that show the newest one hear of
 * a picture or of a window that is open for longer.
 */
export function knowPerson(batch: InboundBatch, told: Told, cause: Envelope): MessengerProfile {
  const { threadKey, profile: snapshot, window, at, by } = told;
  const profile = batch.messenger.find(threadKey, snapshot, at);
  const looksNew = by === 'look-up' ? profile.learn(snapshot, at) : profile.meet(snapshot, at);
  const extended = window !== null && profile.extendWindow(window);
  batch.messenger.changedProfile(profile);
  const shown = newestThread(batch, threadKey);
  for (const thread of batch.threadsOf(threadKey)) {
    const renamed = thread.rename(profile.displayName);
    // A message announces its thread itself.
    const isNews = by === 'look-up' && thread === shown && (looksNew || extended);
    if (!renamed && isNews) thread.personChanged();
    if (renamed || isNews)
      batch.announce(ConversationContactChanged, thread, { conversation: thread.snapshot() }, cause);
  }
  return profile;
}

/** The open thread of a person, or the newest; undefined for somebody who has none. */
export function newestThread(batch: InboundBatch, threadKey: string): Conversation | undefined {
  return batch.openThread(threadKey) ?? batch.threadsOf(threadKey)[0];
}
