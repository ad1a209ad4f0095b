import { GetMessengerProfiles, MAX_BATCH, type MessengerProfileSnapshot } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { EventLog, type LogEntry, type LogListener } from './live/event-log';

const KEPT = 10_000;

/**
 * People on Messenger by id. Every row of the inbox shows the picture of one, so they are kept in memory until an event
 * says that one changed: a push then asks nobody.
 */
@Injectable()
export class MessengerProfiles implements LogListener {
  private readonly known = new Map<string, MessengerProfileSnapshot>();
  private readonly underway = new Map<string, Promise<MessengerProfileSnapshot | null>>();
  private readonly loader: DataLoader<string, MessengerProfileSnapshot | null>;

  constructor(messaging: Messaging, log: EventLog) {
    this.loader = new DataLoader(
      async (ids) => (await messaging.request(GetMessengerProfiles, { ids: [...ids] })).items,
      { cache: false, maxBatchSize: MAX_BATCH },
    );
    log.listen(this);
  }

  /** At once when the person is known here; null when there is no such person. */
  of(id: string): MessengerProfileSnapshot | Promise<MessengerProfileSnapshot | null> {
    return this.known.get(id) ?? this.underway.get(id) ?? this.load(id);
  }

  onEntries(entries: LogEntry[]): void {
    for (const { change } of entries) if (change?.changedProfileId != null) this.forget(change.changedProfileId);
  }

  onReset(): void {
    this.known.clear();
    this.underway.clear();
  }

  private load(id: string): Promise<MessengerProfileSnapshot | null> {
    const asked = this.loader
      .load(id)
      .then((profile) => {
        // What was forgotten meanwhile may be older than the event that said so.
        if (profile !== null && this.underway.get(id) === asked) this.keep(profile);
        return profile;
      })
      .finally(() => {
        if (this.underway.get(id) === asked) this.underway.delete(id);
      });
    this.underway.set(id, asked);
    return asked;
  }

  private keep(profile: MessengerProfileSnapshot): void {
    this.known.set(profile.id, profile);
    const [oldest] = this.known.keys();
    if (this.known.size > KEPT && oldest !== undefined) this.known.delete(oldest);
  }

  private forget(id: string): void {
    this.known.delete(id);
    this.underway.delete(id);
  }
}
