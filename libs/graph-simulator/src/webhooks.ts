import type { Faults } from './faults';
import type { Behaviour, SimulatedApp } from './settings';
import { sign, toMetaJson } from './signature';
import { composeDelivery, type WebhookItem } from './webhook-body';
import type { World } from './world';

export interface Attempt {
  at: number;
  /** Null without an answer. */
  status: number | null;
  error: string | null;
}

export interface Delivery {
  id: number;
  appId: string;
  /** The bytes that were signed. */
  body: string;
  signature: string;
  state: 'waiting' | 'delivered' | 'retrying' | 'given-up';
  attempts: Attempt[];
}

/** Meta: "Webhooks", Getting Started: at most 1,000 updates in a delivery. */
const MOST_ITEMS = 1_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Meta: "Webhooks", Getting Started: at once, then less and less often, for 36 hours. The steps are assumed. */
export const RETRY_AFTER_MS: readonly number[] = [
  ...[0, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE],
  ...[HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR],
];
const GIVE_UP_AFTER_MS = 36 * HOUR;
/** Meta: "Meta Webhooks for Messenger Platform": a webhook that fails for an hour is switched off. */
const SWITCH_OFF_AFTER_MS = HOUR;
/** Older ones are forgotten. */
const KEPT_DELIVERIES = 2_000;

/** Sends what happened to the apps' webhooks: collected, signed, repeated until it is taken. */
export class Webhooks {
  readonly deliveries: Delivery[] = [];
  /** Apps whose webhook failed for so long that it gets nothing any more. */
  readonly switchedOff = new Set<string>();
  private readonly failingSince = new Map<string, number>();
  private pending: { item: WebhookItem; taken: () => void }[] = [];
  private held: WebhookItem[] | undefined;
  private collecting: NodeJS.Timeout | undefined;
  private readonly lanes: Promise<void>[];
  private nextLane = 0;
  private count = 0;
  private stopped = false;

  constructor(
    private readonly world: World,
    private readonly faults: Faults,
    readonly behaviour: Behaviour,
  ) {
    this.lanes = Array.from({ length: behaviour.parallel }, () => Promise.resolve());
  }

  /** Resolves when the first attempt is over; at once for a field that the page is not subscribed to. */
  emit(item: WebhookItem): Promise<void> {
    if (!this.world.page(item.pageId).fields.has(item.field) || this.stopped) return Promise.resolve();
    if (this.held) {
      this.held.push(item);
      return Promise.resolve();
    }
    return new Promise((taken) => {
      this.pending.push({ item, taken });
      this.collecting ??= setTimeout(() => this.flush(), this.behaviour.batchMs);
    });
  }

  /** Keeps everything back until `release`. */
  hold(): void {
    this.held ??= [];
  }

  /** Sends what was held: as one delivery for each app, or singly; in its order, reversed or shuffled. */
  async release({
    order = 'kept',
    singly = false,
  }: { order?: 'kept' | 'reversed' | 'shuffled'; singly?: boolean } = {}) {
    const items = this.held ?? [];
    this.held = undefined;
    if (order === 'reversed') items.reverse();
    if (order === 'shuffled') shuffle(items, () => this.world.dice.webhooks.next());
    const groups = singly ? items.map((item) => [item]) : [items];
    await Promise.all(groups.map((group) => this.deliverItems(group)));
    return items.length;
  }

  /** Sends any JSON as a delivery of an app: what others published, or what nobody would send. */
  async deliverJson(appId: string, json: unknown): Promise<Delivery> {
    return this.deliver(this.app(appId), toMetaJson(json));
  }

  /** Meta: "Meta Webhooks for Messenger Platform", Verification Requests. True when the webhook answers with the challenge. */
  async verify(appId: string): Promise<boolean> {
    const { webhookUrl, verifyToken } = this.app(appId);
    const url = new URL(webhookUrl);
    const challenge = this.world.ids.media();
    url.searchParams.set('hub.mode', 'subscribe');
    url.searchParams.set('hub.challenge', challenge);
    url.searchParams.set('hub.verify_token', verifyToken);
    const response = await fetch(url, { signal: AbortSignal.timeout(this.behaviour.deadlineMs) });
    const verified = response.ok && (await response.text()) === challenge;
    if (verified) this.switchOn(appId);
    return verified;
  }

  switchOn(appId: string): void {
    this.switchedOff.delete(appId);
    this.failingSince.delete(appId);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.collecting);
    for (const { taken } of this.pending.splice(0)) taken();
  }

  private app(appId: string): SimulatedApp {
    const app = this.world.apps.get(appId);
    if (!app) throw new Error(`There is no app ${appId}`);
    return app;
  }

  private flush(): void {
    this.collecting = undefined;
    const batch = this.pending.splice(0, MOST_ITEMS);
    if (this.pending.length > 0) this.collecting = setTimeout(() => this.flush(), 0);
    const items = batch.map(({ item }) => item);
    for (let at = items.length - 1; at > 0; at -= 1) {
      if (this.world.dice.webhooks.happens(this.behaviour.reorderings)) swap(items, at, at - 1);
    }
    void this.deliverItems(items).then(() => {
      for (const { taken } of batch) taken();
    });
  }

  private async deliverItems(items: WebhookItem[]): Promise<void> {
    const byApp = Map.groupBy(items, ({ pageId }) => this.world.page(pageId).app);
    await Promise.all(
      [...byApp].flatMap(([app, its]) =>
        chunks(its, MOST_ITEMS).map((chunk) =>
          this.deliver(app, toMetaJson(composeDelivery(chunk, this.world.clock.now()))),
        ),
      ),
    );
  }

  /** One delivery after the other in each lane; whatever failed goes its own way later. */
  private async deliver(app: SimulatedApp, body: string): Promise<Delivery> {
    const spoiled = this.faults.strike(undefined, 'bad-signature') !== undefined;
    const twice =
      this.faults.strike(undefined, 'duplicate-delivery') !== undefined ||
      this.world.dice.webhooks.happens(this.behaviour.duplicates);
    const signature = sign(Buffer.from(body), spoiled ? `not ${app.secret}` : app.secret);
    const delivery: Delivery = {
      id: (this.count += 1),
      appId: app.id,
      body,
      signature,
      state: 'waiting',
      attempts: [],
    };
    this.deliveries.push(delivery);
    if (this.deliveries.length > KEPT_DELIVERIES) this.deliveries.shift();
    const lane = (this.nextLane = (this.nextLane + 1) % this.lanes.length);
    const turn = (this.lanes[lane] ?? Promise.resolve()).then(async () => {
      await this.attempt(app, delivery);
      if (twice) await this.attempt(app, delivery);
    });
    this.lanes[lane] = turn;
    await turn;
    return delivery;
  }

  private async attempt(app: SimulatedApp, delivery: Delivery): Promise<void> {
    const { clock } = this.world;
    if (this.stopped) return;
    if (this.switchedOff.has(app.id)) {
      delivery.state = 'given-up';
      return;
    }
    const attempt: Attempt = { at: clock.now(), status: null, error: null };
    delivery.attempts.push(attempt);
    try {
      const response = await fetch(app.webhookUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': delivery.signature },
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.behaviour.deadlineMs),
      });
      attempt.status = response.status;
      await response.arrayBuffer();
    } catch (error) {
      attempt.error = error instanceof Error ? error.message : String(error);
    }
    // Meta: "Meta Webhooks for Messenger Platform": taken is 200, and nothing else.
    if (attempt.status === 200) {
      delivery.state = 'delivered';
      this.failingSince.delete(app.id);
    } else if (delivery.state !== 'delivered') this.retryAfter(attempt, app, delivery);
    this.world.changed();
  }

  private retryAfter(attempt: Attempt, app: SimulatedApp, delivery: Delivery): void {
    const { clock } = this.world;
    const since = this.failingSince.get(app.id) ?? clock.now();
    this.failingSince.set(app.id, since);
    if (clock.now() - since >= SWITCH_OFF_AFTER_MS) this.switchedOff.add(app.id);
    const wait = RETRY_AFTER_MS[Math.min(delivery.attempts.length, RETRY_AFTER_MS.length) - 1] ?? 0;
    const at = attempt.at + wait;
    const first = delivery.attempts[0]?.at ?? at;
    if (this.switchedOff.has(app.id) || at - first > GIVE_UP_AFTER_MS) {
      delivery.state = 'given-up';
      return;
    }
    delivery.state = 'retrying';
    clock.at(at, () => void this.attempt(app, delivery));
  }
}

const chunks = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

function swap<T>(list: T[], one: number, other: number): void {
  const [first, second] = [list[one], list[other]];
  if (first === undefined || second === undefined) return;
  list[one] = second;
  list[other] = first;
}

function shuffle<T>(list: T[], next: () => number): void {
  for (let at = list.length - 1; at > 0; at -= 1) swap(list, at, Math.floor(next() * (at + 1)));
}
