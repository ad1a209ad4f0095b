import type { Attachment, Message, Person } from './world';
import type { WebhookItem } from './webhook-body';

const fromPerson = ({ psid, pageId }: Person) => ({ sender: { id: psid }, recipient: { id: pageId } });

type MediaAddress = (mediaId: string) => string;

/** Meta: "messages" webhook event; a location's and a share's form are those of published payloads. */
function attachmentItem(attachment: Attachment, address: MediaAddress): object {
  switch (attachment.kind) {
    case 'media':
      return { type: attachment.media.type, payload: { url: address(attachment.media.id) } };
    case 'sticker':
      return { type: 'sticker', payload: { url: address(attachment.media.id), sticker_id: attachment.stickerId } };
    case 'location': {
      const coordinates = { lat: attachment.latitude, long: attachment.longitude };
      return { type: 'location', title: attachment.title, payload: { coordinates } };
    }
    case 'share':
      return { type: 'fallback', title: attachment.title, payload: { url: attachment.url, title: attachment.title } };
  }
}

const content = ({ text, attachments, replyTo }: Message, address: MediaAddress) => ({
  ...(text === '' ? {} : { text }),
  ...(attachments.length === 0 ? {} : { attachments: attachments.map((one) => attachmentItem(one, address)) }),
  ...(replyTo === null ? {} : { reply_to: { mid: replyTo } }),
});

export interface MessageExtras {
  quickReply?: string;
  /** Another app owns the thread. */
  standby?: boolean;
}

/** Meta: "messages" webhook event. */
export function messageItem(
  person: Person,
  message: Message,
  address: MediaAddress,
  { quickReply, standby = false }: MessageExtras,
): WebhookItem {
  const { pageId, mid, sentAt } = message;
  const quick = quickReply === undefined ? {} : { quick_reply: { payload: quickReply } };
  return {
    pageId,
    field: standby ? 'standby' : 'messages',
    channel: standby ? 'standby' : 'messaging',
    item: { ...fromPerson(person), timestamp: sentAt, message: { mid, ...content(message, address), ...quick } },
  };
}

/** Meta: "message_echoes" webhook event; `app_id` is a number there. The page's own inbox has the app id of Meta's inbox. */
export function echoItem(message: Message, address: MediaAddress): WebhookItem {
  const { pageId, psid, mid, metadata, sentAt } = message;
  const appId = Number(message.appId ?? PAGE_INBOX_APP_ID);
  return {
    pageId,
    field: 'message_echoes',
    item: {
      sender: { id: pageId },
      recipient: { id: psid },
      timestamp: sentAt,
      message: {
        mid,
        is_echo: true,
        app_id: appId,
        ...(metadata === null ? {} : { metadata }),
        ...content(message, address),
      },
    },
  };
}

/** Meta: "Conversation Routing" names it as the app of the page's inbox. */
export const PAGE_INBOX_APP_ID = '263902037430900';

/** Meta: "message_deliveries" webhook event. */
export function deliveryItem(person: Person, mids: string[], watermark: number): WebhookItem {
  const item = { ...fromPerson(person), timestamp: watermark, delivery: { mids, watermark } };
  return { pageId: person.pageId, field: 'message_deliveries', item };
}

/** Meta: "message_reads" webhook event. */
export function readItem(person: Person, at: number, watermark: number): WebhookItem {
  const item = { ...fromPerson(person), timestamp: at, read: { watermark } };
  return { pageId: person.pageId, field: 'message_reads', item };
}

/** Meta: "message_edits" webhook event. */
export function editItem(person: Person, { mid, text, edits }: Message, at: number): WebhookItem {
  const item = { ...fromPerson(person), timestamp: at, message_edit: { mid, text, num_edit: edits } };
  return { pageId: person.pageId, field: 'message_edits', item };
}

/** Meta documents `is_deleted` for Instagram's "messages" event; that Messenger sends the same is assumed. */
export function unsendItem(person: Person, mid: string, at: number): WebhookItem {
  const item = { ...fromPerson(person), timestamp: at, message: { mid, is_deleted: true } };
  return { pageId: person.pageId, field: 'messages', item };
}

const REACTIONS: Record<string, string> = {
  '❤': 'love',
  '😆': 'smile',
  '😮': 'wow',
  '😢': 'sad',
  '😠': 'angry',
  '👍': 'like',
  '👎': 'dislike',
};

/** Meta: "message_reactions" webhook event. */
export function reactionItem(person: Person, mid: string, emoji: string | null, at: number): WebhookItem {
  const name = REACTIONS[(emoji ?? '').replaceAll('\ufe0f', '')] ?? 'other';
  const reaction = emoji === null ? { action: 'unreact', mid } : { reaction: name, emoji, action: 'react', mid };
  return {
    pageId: person.pageId,
    field: 'message_reactions',
    item: { ...fromPerson(person), timestamp: at, reaction },
  };
}

/** Meta: "messaging_postbacks" webhook event. */
export function postbackItem(person: Person, postback: object, at: number): WebhookItem {
  return {
    pageId: person.pageId,
    field: 'messaging_postbacks',
    item: { ...fromPerson(person), timestamp: at, postback },
  };
}

/** Meta: "messaging_referrals" webhook event: a person followed an m.me link. */
export function referralItem(person: Person, ref: string, at: number): WebhookItem {
  const referral = { ref, source: 'SHORTLINK', type: 'OPEN_THREAD' };
  return {
    pageId: person.pageId,
    field: 'messaging_referrals',
    item: { ...fromPerson(person), timestamp: at, referral },
  };
}

/** Meta: "messaging_policy_enforcement" webhook event. */
export function policyItem(pageId: string, action: 'block' | 'unblock', at: number): WebhookItem {
  const reason = action === 'block' ? { reason: 'The page broke a policy of the simulator.' } : {};
  const item = { recipient: { id: pageId }, timestamp: at, policy_enforcement: { action, ...reason } };
  return { pageId, field: 'messaging_policy_enforcement', item };
}
