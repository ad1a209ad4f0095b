import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Fact, Item } from './fact';
import { contentOf, LONGEST_TEXT, MessageBody } from './message-content';
import { cutText, Id, lenient, LooseText, Time } from './values';

const Party = z.looseObject({ id: Id });
const Mark = z.looseObject({ watermark: Time, mids: lenient(z.array(Id)) });

/** An item of `messaging` or `standby`; each part of it alone may be wrong. */
const RawItem = z.looseObject({
  sender: lenient(Party),
  recipient: lenient(Party),
  timestamp: lenient(Time),
  message: lenient(MessageBody),
  message_edit: lenient(z.looseObject({ mid: Id, text: LooseText })),
  postback: lenient(z.looseObject({ mid: lenient(Id), title: lenient(LooseText), payload: lenient(LooseText) })),
  reaction: lenient(
    z.looseObject({ mid: Id, action: lenient(LooseText), emoji: lenient(LooseText), reaction: lenient(LooseText) }),
  ),
  delivery: lenient(Mark),
  read: lenient(Mark),
  referral: lenient(z.looseObject({ source: lenient(LooseText) })),
  policy_enforcement: lenient(z.looseObject({ action: LooseText, reason: lenient(LooseText) })),
});
type RawItem = z.output<typeof RawItem>;

/** Events that are about the thread's owner, a plug-in or a game: nothing that an agent could answer. */
const KNOWN_SILENT = [
  ...['optin', 'account_linking', 'pass_thread_control', 'take_thread_control', 'request_thread_control'],
  ...['app_roles', 'game_play', 'message_request', 'messaging_feedback', 'response_feedback', 'read_receipt'],
];

/** For reactions that come without their emoji. */
const EMOJI: Record<string, string> = {
  ...{
    love: '❤',
    smile: '😆',
    haha: '😆',
    wow: '😮',
    sad: '😢',
    angry: '😠',
    yes: '👍',
    like: '👍',
    no: '👎',
    dislike: '👎',
  },
};

/**
 * What one item says. Takes anything: what it cannot read is "unrecognised" and keeps its JSON. `fallbackTime` (ms) is for
 * items without a timestamp.
 */
export function readItem(pageId: string, given: unknown, fallbackTime: number): Item {
  const json = jsonOf(given);
  const raw = RawItem.safeParse(given).data;
  const fact: Fact = (raw && factOf(pageId, raw, raw.timestamp ?? fallbackTime)) ?? {
    kind: 'unrecognised',
    at: raw?.timestamp ?? fallbackTime,
  };
  return { pageId, key: keyOf(fact, json), fact, unreadable: fact.kind === 'unrecognised' ? json : null };
}

function jsonOf(given: unknown): string {
  try {
    return JSON.stringify(given) ?? 'null';
  } catch (error) {
    if (error instanceof RangeError) return '"nested too deeply"';
    throw error;
  }
}

function factOf(pageId: string, raw: RawItem, at: number): Fact | null {
  if (raw.policy_enforcement) {
    return { kind: 'policy', action: raw.policy_enforcement.action, reason: raw.policy_enforcement.reason ?? null, at };
  }
  const fromPage = raw.sender?.id === pageId && raw.recipient !== undefined && raw.recipient.id !== pageId;
  const isFromPage = fromPage || raw.message?.is_echo === true;
  const personId = (isFromPage ? raw.recipient : raw.sender)?.id;
  if (personId !== undefined) {
    const fact = factOfPerson(raw, { personId, isFromPage, at });
    if (fact) return fact;
  }
  const silent = KNOWN_SILENT.find((name) => raw[name] !== undefined);
  return silent === undefined ? null : { kind: 'noted', what: silent, at };
}

function factOfPerson(raw: RawItem, of: { personId: string; isFromPage: boolean; at: number }): Fact | null {
  const { personId, isFromPage, at } = of;
  if (raw.message) return factOfMessage(raw.message, of);
  if (raw.message_edit) {
    const { mid, text } = raw.message_edit;
    return { kind: 'edit', personId, mid, text: cutText(text, LONGEST_TEXT), at };
  }
  if (raw.postback) {
    const { mid = null, title, payload } = raw.postback;
    const text = cutText(title ?? payload ?? '', LONGEST_TEXT);
    return { ...plainMessage(of), mid, text, unsupported: text.trim() === '' };
  }
  if (raw.reaction) {
    const { mid, action, emoji, reaction } = raw.reaction;
    const taken = action === 'unreact';
    const shown = cutText(emoji ?? EMOJI[reaction ?? ''] ?? '❔', 32);
    return { kind: 'reaction', personId, mid, emoji: taken ? null : shown, opensWindow: !taken && !isFromPage, at };
  }
  if (raw.delivery) {
    const { watermark, mids = [] } = raw.delivery;
    return { kind: 'delivery', personId, mids, watermark, at };
  }
  if (raw.read) return { kind: 'read', personId, watermark: raw.read.watermark, at };
  // An m.me link opens the window; an advertisement or a plug-in does not.
  if (raw.referral) return { kind: 'referral', personId, opensWindow: raw.referral.source === 'SHORTLINK', at };
  return factOfUnknown(raw, of);
}

function factOfMessage(message: MessageBody, of: { personId: string; isFromPage: boolean; at: number }): Fact {
  const { personId, at } = of;
  const mid = message.mid ?? null;
  if (message.is_deleted === true && mid !== null) return { kind: 'unsend', personId, mid, at };
  const content = contentOf(message);
  const isUnsupported = content.unsupported || (message.is_unsupported === true && content.media.length === 0);
  return {
    ...plainMessage(of),
    ...content,
    mid,
    unsupported: isUnsupported,
    appId: message.app_id ?? null,
    metadata: message.metadata ?? null,
  };
}

/** An event that nobody has heard of, about a message: agents see that there is something. */
function factOfUnknown(raw: RawItem, of: { personId: string; isFromPage: boolean; at: number }): Fact | null {
  if (KNOWN_SILENT.some((name) => raw[name] !== undefined)) return null;
  const mids = Object.values(raw).flatMap((value) => z.looseObject({ mid: Id }).safeParse(value).data?.mid ?? []);
  return mids[0] === undefined ? null : { ...plainMessage(of), mid: mids[0], unsupported: true };
}

const plainMessage = (of: { personId: string; isFromPage: boolean; at: number }) => ({
  kind: 'message' as const,
  personId: of.personId,
  direction: of.isFromPage ? ('OUTBOUND' as const) : ('INBOUND' as const),
  text: '',
  media: [],
  unsupported: false,
  appId: null,
  metadata: null,
  at: of.at,
});

/** A message is the same by its mid; everything else by person, time and content. */
function keyOf(fact: Fact, json: string): string {
  if (fact.kind === 'message' && fact.mid !== null) return `m:${fact.mid}`;
  const person = 'personId' in fact ? fact.personId : '';
  const hash = createHash('sha256').update(json).digest('hex').slice(0, 32);
  return `${fact.kind === 'message' ? 'n' : fact.kind}:${person}:${fact.at}:${hash}`;
}
