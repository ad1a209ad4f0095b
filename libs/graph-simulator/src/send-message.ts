import { refusal } from './graph-error';
import { type GraphRequest, type SentFile, stringOf } from './graph-request';
import type { RateLimits } from './rate-limits';
import {
  type Attachment,
  HUMAN_AGENT_WINDOW_MS,
  type Media,
  type Message,
  type Page,
  type Person,
  STANDARD_WINDOW_MS,
  type World,
} from './world';

/** Meta: "Send API", text: 2,000 characters. */
const LONGEST_TEXT = 2_000;
const MB = 1024 * 1024;
/** Meta: "Saving assets": 25 MB, images 8 MB (there for uploads by address; assumed for bytes as well). */
const LARGEST: Record<Media['type'], number> = { image: 8 * MB, audio: 25 * MB, video: 25 * MB, file: 25 * MB };
/** Meta: "Message Tags": retired, HUMAN_AGENT alone is left. */
const HUMAN_AGENT = 'HUMAN_AGENT';
/** Assumed. */
const LONGEST_METADATA = 1_000;

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** Checks a send as Graph does, in its order: rate, page, person, content, window. Answers with the message, accepted. */
export function acceptMessage(world: World, limits: RateLimits, page: Page, request: GraphRequest): Message {
  const { params, file } = request;
  const message = asObject(params['message']);
  limits.take(page.id, file === null && message['attachment'] === undefined ? 'text' : 'media');
  if (page.restricted) throw refusal.pageRestricted();
  const person = findRecipient(world, page, params);
  const text = checkText(message['text']);
  const attachments = readAttachments(world, message['attachment'], file);
  if (params['sender_action'] !== undefined) throw refusal.invalid('Cannot send both message and state');
  if (text === '' && attachments.length === 0) throw refusal.invalid('A message needs text or an attachment');
  if (text !== '' && attachments.length > 0) throw refusal.invalid('A message has text or an attachment, not both');
  checkWindow(world, page, person, params);
  const metadata = stringOf(message['metadata']) ?? null;
  if (metadata !== null && metadata.length > LONGEST_METADATA) throw refusal.invalid('metadata is too long');
  const accepted: Message = {
    mid: world.ids.message(),
    pageId: page.id,
    psid: person.psid,
    from: 'page',
    appId: page.appId,
    text,
    attachments,
    replyTo: stringOf(asObject(params['reply_to'])['mid']) ?? null,
    metadata,
    sentAt: world.clock.now(),
    edits: 0,
    unsent: false,
    reaction: null,
    deliveredAt: null,
    readAt: null,
  };
  world.add(accepted);
  return accepted;
}

/** Meta: "Send API", sender_action: typing and seen marks; they need a reachable person, not a window. */
export function acceptSenderAction(world: World, page: Page, { params }: GraphRequest): Person {
  const action = String(params['sender_action']);
  if (!['typing_on', 'typing_off', 'mark_seen'].includes(action)) throw refusal.invalid('Unknown sender_action');
  return findRecipient(world, page, params);
}

/** Meta: "Send API", recipient: a person is known to one page only, under an id of that page. */
function findRecipient(world: World, page: Page, params: Record<string, unknown>): Person {
  const id = stringOf(asObject(params['recipient'])['id']);
  if (id === undefined) throw refusal.invalid('Param recipient[id] is required');
  const person = world.people.get(id);
  if (person?.pageId !== page.id) throw refusal.noSuchPerson();
  if (person.reachable === 'unavailable') throw refusal.personUnavailable();
  if (person.reachable === 'not-receiving') throw refusal.personNotReceiving();
  return person;
}

function checkText(text: unknown): string {
  if (text === undefined) return '';
  if (typeof text !== 'string') throw refusal.invalid('Param message[text] must be a string');
  if (text.length > LONGEST_TEXT) throw refusal.textTooLong();
  return text;
}

/** Meta: "Send API", attachment: bytes as the form field `filedata`, or an address that Meta fetches (not simulated). */
function readAttachments(world: World, attachment: unknown, file: SentFile | null): Attachment[] {
  if (attachment === undefined && file === null) return [];
  const type = mediaType(asObject(attachment)['type']);
  if (type === undefined) throw refusal.invalid('Param message[attachment][type] must be image, audio, video or file');
  if (file === null) throw refusal.invalid('Only attachments with filedata can be sent');
  if (file.bytes.length === 0) throw refusal.invalid('The attachment is empty');
  if (file.bytes.length > LARGEST[type]) throw refusal.attachmentTooLarge();
  // Meta: "Saving assets": the part's content type has to fit, e.g. audio/mp3 for audio.
  if (type !== 'file' && !file.contentType.startsWith(`${type}/`)) {
    throw refusal.invalid(`The content type of filedata does not fit ${type}`);
  }
  const media: Media = { ...file, type, id: world.ids.media() };
  world.media.set(media.id, media);
  return [{ kind: 'media', media }];
}

const mediaType = (value: unknown): Media['type'] | undefined =>
  value === 'image' || value === 'audio' || value === 'video' || value === 'file' ? value : undefined;

/**
 * Meta: "Messaging policy" and "Message Tags". Within 24 hours of the person's last action anything goes; after it only
 * HUMAN_AGENT for 7 days. At the last millisecond itself the window is closed (assumed).
 */
function checkWindow(world: World, page: Page, { lastActionAt }: Person, params: Record<string, unknown>): void {
  const type = params['messaging_type'];
  // Meta: "Send API", messaging_type: required since 2018; that a missing one is refused is assumed.
  if (type !== 'RESPONSE' && type !== 'UPDATE' && type !== 'MESSAGE_TAG') {
    throw refusal.invalid('Param messaging_type must be RESPONSE, UPDATE or MESSAGE_TAG');
  }
  const since = lastActionAt === null ? Infinity : world.clock.now() - lastActionAt;
  if (type !== 'MESSAGE_TAG') {
    if (since >= STANDARD_WINDOW_MS) throw refusal.windowClosed();
    return;
  }
  const tag = stringOf(params['tag']) ?? '';
  if (tag !== HUMAN_AGENT) throw refusal.tagRetired(tag);
  if (!page.humanAgent) throw refusal.tagNotGranted();
  if (since >= HUMAN_AGENT_WINDOW_MS) throw refusal.windowClosed();
}
