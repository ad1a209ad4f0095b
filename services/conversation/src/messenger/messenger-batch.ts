import type { DataOf, Envelope, MessengerPageChanged, MessengerProfileSnapshot } from '@conversations/contracts';
import { ChannelChanged } from '@conversations/contracts';
import { emitAll, type Tx } from '@conversations/persistence';
import { causedEvent } from '../conversation/caused-event';
import type { Conversation } from '../conversation/conversation.entity';
import type { Touched } from '../conversation/touched';
import { EarlyChanges } from './early-changes';
import { storePages } from './messenger-page.entity';
import { MessengerProfile } from './messenger-profile.entity';
import { lockProfiles, storeProfiles } from './profile-rows';

interface ChangedPage {
  page: DataOf<typeof MessengerPageChanged>;
  cause: Envelope;
}

/** What one batch of inbound facts knows and changes of people and pages on Messenger. */
export class MessengerBatch {
  private readonly byKey = new Map<string, MessengerProfile>();
  private readonly byId = new Map<string, MessengerProfile>();
  private readonly changed = new Set<MessengerProfile>();
  private readonly pageNames = new Map<string, string>();
  private readonly pages = new Map<string, ChangedPage>();

  private constructor(readonly early: EarlyChanges) {}

  /** After the conversations are locked, because whoever locks both takes those first. */
  static async load(
    tx: Tx,
    touched: readonly Touched[],
    conversations: readonly Conversation[],
  ): Promise<MessengerBatch> {
    const facts = touched.filter(({ messenger }) => messenger !== undefined);
    const threadKeys = facts.flatMap(({ messenger }) => messenger?.threadKey ?? []);
    const ids = conversations.flatMap(({ messengerProfileId }) => messengerProfileId ?? []);
    const keys = facts.flatMap(({ idempotencyKey = [], messageKeys = [] }) => [messageKeys, idempotencyKey].flat());
    const batch = new MessengerBatch(await EarlyChanges.load(tx, keys));
    if (threadKeys.length === 0 && ids.length === 0) return batch;
    for (const profile of await lockProfiles(tx, { threadKeys, ids })) batch.know(profile);
    return batch;
  }

  /** Somebody whom a fact names by `threadKey`; undefined as long as nothing told who that is. */
  of(threadKey: string): MessengerProfile | undefined {
    return this.byKey.get(threadKey);
  }

  in(conversation: Conversation): MessengerProfile | undefined {
    return this.byId.get(conversation.messengerProfileId ?? '');
  }

  /** The person of a fact, made when this is the first. */
  find(threadKey: string, told: MessengerProfileSnapshot, at: Date): MessengerProfile {
    const known = this.byKey.get(threadKey);
    if (known) return known;
    const profile = MessengerProfile.of(threadKey, told, at);
    this.pageNames.set(told.pageId, told.pageName);
    this.know(profile);
    return profile;
  }

  changedProfile(profile: MessengerProfile): void {
    this.changed.add(profile);
  }

  changedPage(page: ChangedPage['page'], cause: Envelope): void {
    const known = this.pages.get(page.pageId)?.page;
    if (!known || Date.parse(known.at) <= Date.parse(page.at)) this.pages.set(page.pageId, { page, cause });
  }

  /** Before conversations, which name them. */
  async store(tx: Tx): Promise<void> {
    if (this.pages.size > 0) await this.storePages(tx);
    if (this.changed.size > 0) await storeProfiles(tx, [...this.changed], this.pageNames);
    await this.early.store(tx);
  }

  private async storePages(tx: Tx): Promise<void> {
    const changed = [...this.pages.values()];
    const stored = await storePages(
      tx,
      changed.map(({ page }) => page),
    );
    const told = changed.filter(({ page }) => stored.has(page.pageId));
    await emitAll(
      tx,
      told.map(({ page: { pageId, pageName: name, canSend, at }, cause }) => {
        const channel = { id: `page:${pageId}`, kind: 'messenger' as const, name, canSend, changedAt: at };
        return causedEvent(ChannelChanged, channel.id, { channel }, cause);
      }),
    );
  }

  private know(profile: MessengerProfile): void {
    this.byKey.set(profile.threadKey, profile);
    this.byId.set(profile.id, profile);
  }
}
