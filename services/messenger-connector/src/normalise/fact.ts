/** A file that Meta keeps for a while. */
export interface MediaLink {
  url: string;
  type: string;
}

export interface MessageFact {
  kind: 'message';
  personId: string;
  /** OUTBOUND: an echo of what the page wrote, by whichever app. */
  direction: 'INBOUND' | 'OUTBOUND';
  mid: string | null;
  text: string;
  media: MediaLink[];
  /** There is nothing that could be shown. */
  unsupported: boolean;
  /** Of an echo: who sent it, and what that sender noted on it. */
  appId: string | null;
  metadata: string | null;
  /** Milliseconds, by Meta's clock; of the other facts as well. */
  at: number;
}

/** What one item of a delivery says. */
export type Fact =
  | MessageFact
  | { kind: 'edit'; personId: string; mid: string; text: string; at: number }
  | { kind: 'unsend'; personId: string; mid: string; at: number }
  | { kind: 'reaction'; personId: string; mid: string; emoji: string | null; opensWindow: boolean; at: number }
  | { kind: 'delivery'; personId: string; mids: string[]; watermark: number; at: number }
  | { kind: 'read'; personId: string; watermark: number; at: number }
  | { kind: 'referral'; personId: string; opensWindow: boolean; at: number }
  | { kind: 'policy'; action: string; reason: string | null; at: number }
  /** An event that is known and says nothing to agents, e.g. an opt-in. */
  | { kind: 'noted'; what: string; at: number }
  | { kind: 'unrecognised'; at: number };

/** An item of a delivery, with what makes a second copy of it the same. */
export interface Item {
  pageId: string;
  key: string;
  fact: Fact;
  /** The item's JSON when it could not be read. */
  unreadable: string | null;
}
