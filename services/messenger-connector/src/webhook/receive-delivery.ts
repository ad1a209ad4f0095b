import { Database, type Emission, emitAll, type Tx, unawaited } from '@conversations/persistence';
import { type Logger, Metrics } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { Background } from '../background';
import { LOG, MessengerConnectorSettings, SETTINGS } from '../config';
import type { Item } from '../normalise/fact';
import { readDelivery } from '../normalise/read-delivery';
import type { MessengerApp } from '../pages/messenger-config';
import { noteInbound } from '../pages/note-inbound';
import { Pages } from '../pages/pages';
import { meetPeople } from '../people/person';
import { confirmEchoes, type EchoItem } from '../send/confirm-echoes';
import { reportReplies } from '../send/report-replies';
import { moveMarks } from './move-marks';
import { heardOf, storeNew } from './store-items';
import { changeOf, ownMessages } from './tell-changes';
import { announceFiles, messageReceived, type ToldMessage } from './tell-messages';

/** An echo that may be of a part without an answer waits for that answer, the look into the thread included. */
const PARKED_FOR = 2;

/** Stores a delivery of Meta's and what has to be told of it, all in one transaction: each item once, however often it comes. */
@Injectable()
export class ReceiveDelivery {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly background: Background,
    private readonly metrics: Metrics,
    @Inject(SETTINGS) private readonly settings: MessengerConnectorSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** `apps`: those whose secret signed it; an app speaks for its own pages only. Resolves once all is committed. */
  async run(body: Buffer, apps: readonly MessengerApp[]): Promise<void> {
    const now = new Date();
    const { items, strange } = readDelivery(body, now.getTime());
    const known = items.filter(({ pageId }) => apps.some(({ id }) => id === this.pages.find(pageId)?.app.id));
    this.countStrangers(strange + items.length - known.length);
    if (known.length === 0) return;
    const stored = await this.database.transaction((tx) => this.store(tx, known, now));
    this.count('stored', stored);
    this.count('duplicate', known.length - stored);
    this.background.wake();
  }

  /** Resolves with how many items were new. */
  private async store(tx: Tx, items: readonly Item[], now: Date): Promise<number> {
    const fresh = await storeNew(tx, items);
    const met = await meetPeople(tx, heardOf(fresh));
    const people = new Map(met.map((person) => [`${person.page_id} ${person.person_id}`, person]));
    const parkMs = this.settings.MESSENGER_UNKNOWN_AFTER_SECONDS * 1_000 * PARKED_FOR;
    const echoes = await confirmEchoes(tx, fresh.filter(isEcho), (pageId) => this.pages.find(pageId), parkMs);

    const elsewhere = new Set<Item>(echoes.external);
    const own = await ownMessages(tx, fresh);
    const messages: ToldMessage[] = [];
    const emissions: Emission[] = [];
    for (const item of fresh) {
      const { fact, pageId } = item;
      const page = this.pages.find(pageId);
      const person = 'personId' in fact ? people.get(`${pageId} ${fact.personId}`) : undefined;
      if (!page || !person) continue;
      if (fact.kind !== 'message') emissions.push(...present(changeOf(fact, person, page, own)));
      else if (fact.direction === 'INBOUND' || elsewhere.has(item)) {
        const told = { item, fact, person, page };
        messages.push(told);
        emissions.push(messageReceived(told, now));
      }
    }
    await announceFiles(tx, messages);
    unawaited(tx, emitAll(tx, emissions));
    await reportReplies(tx, [...new Set([...echoes.changed, ...(await moveMarks(tx, fresh))])]);
    await noteInbound(tx, fresh);
    for (const { pageId, key, fact } of fresh) {
      if (fact.kind === 'unrecognised') this.log.warn({ pageId, key }, 'webhook.item-not-read');
    }
    return fresh.length;
  }

  private countStrangers(count: number): void {
    if (count === 0) return;
    this.log.info({ count }, 'webhook.not-ours');
    this.metrics.counter('conversations_rejections_total').inc({ limit: 'messenger-not-ours' }, count);
  }

  private count(outcome: 'stored' | 'duplicate', count: number): void {
    if (count === 0) return;
    this.metrics.counter('conversations_messages_total').inc({ channel: 'messenger', direction: 'in', outcome }, count);
  }
}

const isEcho = (item: Item): item is EchoItem => item.fact.kind === 'message' && item.fact.direction === 'OUTBOUND';

const present = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
