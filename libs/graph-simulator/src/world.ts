import type { PageSettings, SimulatedApp, SimulatorSettings } from './settings';
import { Dice, Ids } from './dice';
import { Clock } from './clock';

/** What Graph tells of a person: everything, the name only, or nothing. */
export type ProfileVisibility = 'full' | 'name' | 'none';

export interface Person {
  psid: string;
  pageId: string;
  firstName: string;
  lastName: string;
  profile: ProfileVisibility;
  /** unavailable: blocked the page or left Facebook; not-receiving: turned the page's messages off. */
  reachable: 'yes' | 'unavailable' | 'not-receiving';
  /** A phone that is off shows no delivery. */
  phoneOff: boolean;
  threadId: string;
  /** Of the last action that opens the window; null before the first. */
  lastActionAt: number | null;
}

export interface Media {
  id: string;
  type: 'image' | 'audio' | 'video' | 'file';
  contentType: string;
  fileName: string;
  bytes: Buffer;
}

/** What a message carries besides its text. */
export type Attachment =
  | { kind: 'media'; media: Media }
  | { kind: 'sticker'; media: Media; stickerId: number }
  | { kind: 'location'; title: string; latitude: number; longitude: number }
  | { kind: 'share'; title: string; url: string };

export interface Message {
  mid: string;
  pageId: string;
  psid: string;
  from: 'person' | 'page';
  /** The app that sent it for the page; null for a person at the page's own inbox. */
  appId: string | null;
  text: string;
  attachments: Attachment[];
  replyTo: string | null;
  metadata: string | null;
  sentAt: number;
  edits: number;
  unsent: boolean;
  reaction: string | null;
  deliveredAt: number | null;
  readAt: number | null;
}

export interface Page extends PageSettings {
  app: SimulatedApp;
  fields: Set<string>;
  tokenRevoked: boolean;
  restricted: boolean;
}

/** Meta: "Webhook Events Reference" – the fields a page can be subscribed to, as far as they are simulated. */
export const WEBHOOK_FIELDS = [
  ...['messages', 'messaging_postbacks', 'messaging_referrals', 'message_deliveries', 'message_reads'],
  ...['message_echoes', 'message_edits', 'message_reactions', 'messaging_policy_enforcement', 'standby'],
] as const;
export type WebhookField = (typeof WEBHOOK_FIELDS)[number];

const HOUR_MS = 3_600_000;
/** Meta: "Messaging policy": 24 hours from the person's last action. */
export const STANDARD_WINDOW_MS = 24 * HOUR_MS;
/** Meta: "Message Tags", HUMAN_AGENT: 7 days. */
export const HUMAN_AGENT_WINDOW_MS = 7 * 24 * HOUR_MS;

/** Everything the simulator knows, in memory. */
export class World {
  readonly clock = new Clock();
  /** Dice of their own for each purpose: what happens in one must not change the other. */
  readonly dice: { echoes: Dice; webhooks: Dice };
  readonly ids: Ids;
  readonly apps = new Map<string, SimulatedApp>();
  readonly pages = new Map<string, Page>();
  readonly people = new Map<string, Person>();
  readonly messages: Message[] = [];
  readonly media = new Map<string, Media>();
  private readonly watchers = new Set<() => void>();
  private readonly byMid = new Map<string, Message>();

  constructor(settings: SimulatorSettings) {
    this.dice = { echoes: new Dice(settings.seed + 1), webhooks: new Dice(settings.seed + 2) };
    this.ids = new Ids(new Dice(settings.seed));
    for (const app of settings.apps) this.apps.set(app.id, app);
    for (const page of settings.pages) {
      const app = this.apps.get(page.appId);
      if (!app) throw new Error(`Page ${page.id} names the app ${page.appId}, which is not configured`);
      const fields = new Set<string>(page.subscribed ? WEBHOOK_FIELDS : []);
      this.pages.set(page.id, { ...page, app, fields, tokenRevoked: false, restricted: false });
    }
  }

  page(id: string): Page {
    const page = this.pages.get(id);
    if (!page) throw new Error(`There is no page ${id}`);
    return page;
  }

  person(psid: string): Person {
    const person = this.people.get(psid);
    if (!person) throw new Error(`There is no person ${psid}`);
    return person;
  }

  message(mid: string): Message | undefined {
    return this.byMid.get(mid);
  }

  /** Oldest first. */
  thread(psid: string): Message[] {
    return this.messages.filter((message) => message.psid === psid);
  }

  add(message: Message): void {
    this.messages.push(message);
    this.byMid.set(message.mid, message);
    this.changed();
  }

  /** People and messages go; pages, faults and the clock stay. */
  forgetPeople(): void {
    this.people.clear();
    this.messages.length = 0;
    this.byMid.clear();
    this.media.clear();
    this.changed();
  }

  /** Called after every change; answers with a function that ends it. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}
