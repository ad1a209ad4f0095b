import { refusal } from './graph-error';
import { type GraphRequest, stringOf } from './graph-request';
import type { Message, Page, Person, World } from './world';

/** Graph writes times like 2026-11-22T13:35:40+0000. */
const graphTime = (at: number) => `${new Date(at).toISOString().slice(0, 19)}+0000`;

/** The names at the top of a `fields` parameter; nested ones stand in braces. */
function topFields(fields: string | undefined): Set<string> {
  const flat = (fields ?? '').replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, '').replace(/\.limit\(\d+\)/g, '');
  return new Set(
    flat
      .split(',')
      .map((field) => field.trim())
      .filter((field) => field !== ''),
  );
}

const pick = (all: Record<string, unknown>, fields: Set<string>) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => name === 'id' || fields.size === 0 || fields.has(name)));

/** Meta: "User Profile API". A person may show the name alone: then there are no parts of it and no picture (assumed). */
export function readProfile(person: Person, request: GraphRequest, pictureUrl: string): object {
  const { psid, firstName, lastName, profile } = person;
  if (profile === 'none') throw refusal.noProfile();
  const name = `${firstName} ${lastName}`.trim();
  const full = { first_name: firstName, last_name: lastName, profile_pic: pictureUrl };
  const all = { name, ...(profile === 'full' ? full : {}), id: psid };
  const asked = topFields(stringOf(request.params['fields']));
  return pick(all, asked.size === 0 ? new Set(['name', 'first_name', 'last_name', 'profile_pic']) : asked);
}

export function readPage(page: Page, request: GraphRequest): object {
  return pick({ name: page.name, id: page.id }, topFields(stringOf(request.params['fields'])));
}

/** Meta: "Conversations API": the page's threads, newest first; `user_id` finds the one of a person. */
export function listConversations(world: World, page: Page, request: GraphRequest): object {
  const { params } = request;
  const platform = stringOf(params['platform']);
  if (platform !== undefined && platform.toLowerCase() !== 'messenger') return { data: [] };
  const psid = stringOf(params['user_id']);
  const conversations = [...world.people.values()]
    .filter((person) => person.pageId === page.id && (psid === undefined || person.psid === psid))
    .map((person) => ({ person, newest: world.thread(person.psid).at(-1)?.sentAt }))
    .filter((one): one is { person: Person; newest: number } => one.newest !== undefined)
    .sort((a, b) => b.newest - a.newest)
    .map(({ person }) => conversationNode(world, page, person, stringOf(params['fields'])));
  return paged(conversations, params, (node) => String(node['id']));
}

/** Meta: "Conversations API": a conversation with its messages. */
export function readConversation(world: World, page: Page, id: string, request: GraphRequest): object {
  return conversationNode(world, page, personOfThread(world, page, id), stringOf(request.params['fields']));
}

/** The edge /{conversation}/messages, newest first. */
export function listMessages(world: World, page: Page, id: string, request: GraphRequest): object {
  const person = personOfThread(world, page, id);
  const fields = topFields(stringOf(request.params['fields']) ?? 'created_time');
  const messages = newestFirst(world, person).map((message) => messageNode(page, person, message, fields));
  return paged(messages, request.params, (node) => String(node['id']));
}

/** Meta: "Conversations API": details of the 20 newest messages only; an older one is answered as if it was deleted. */
export function readMessage(world: World, page: Page, message: Message, request: GraphRequest): object {
  const person = world.people.get(message.psid);
  if (!person || message.pageId !== page.id) throw refusal.noSuchObject(message.mid);
  if (!newestFirst(world, person).slice(0, NEWEST).includes(message)) throw refusal.noSuchObject(message.mid);
  return messageNode(page, person, message, topFields(stringOf(request.params['fields'])));
}

const NEWEST = 20;

function personOfThread(world: World, page: Page, id: string): Person {
  const person = [...world.people.values()].find(({ threadId, pageId }) => threadId === id && pageId === page.id);
  if (!person) throw refusal.noSuchObject(id);
  return person;
}

const newestFirst = (world: World, { psid }: Person) =>
  world
    .thread(psid)
    .filter(({ unsent }) => !unsent)
    .reverse();

function conversationNode(world: World, page: Page, person: Person, fields: string | undefined) {
  const all: Record<string, unknown> = {
    id: person.threadId,
    updated_time: graphTime(world.thread(person.psid).at(-1)?.sentAt ?? 0),
    participants: {
      data: [
        { name: personName(person), id: person.psid },
        { name: page.name, id: page.id },
      ],
    },
  };
  const asked = topFields(fields ?? 'updated_time');
  if (asked.has('messages')) {
    const nested = /messages(?:\.limit\((\d+)\))?(?:\{([^{}]*)\})?/.exec(fields ?? '');
    const inner = topFields(nested?.[2] ?? 'created_time');
    const messages = newestFirst(world, person).map((message) => messageNode(page, person, message, inner));
    all['messages'] = paged(messages, { limit: nested?.[1] }, (node) => String(node['id']));
  }
  return pick(all, asked);
}

const personName = ({ firstName, lastName }: Person) => `${firstName} ${lastName}`.trim();

function messageNode(page: Page, person: Person, message: Message, fields: Set<string>): Record<string, unknown> {
  const { mid, text, sentAt, from, attachments } = message;
  const [theirs, ours] = [
    { name: personName(person), id: person.psid },
    { name: page.name, id: page.id },
  ];
  const media = attachments.flatMap((one) =>
    one.kind === 'media' ? [{ id: one.media.id, name: one.media.fileName }] : [],
  );
  const all = {
    id: mid,
    created_time: graphTime(sentAt),
    from: from === 'person' ? theirs : ours,
    to: { data: [from === 'person' ? ours : theirs] },
    message: text,
    ...(media.length === 0 ? {} : { attachments: { data: media } }),
  };
  return pick(all, fields);
}

/** Meta: "Paginated Results" (Graph API): 25 unless asked otherwise, at most 100 (assumed), `after` names the last one seen. */
function paged<T>(all: T[], params: Record<string, unknown>, cursorOf: (one: T) => string): object {
  const limit = Math.min(Math.max(Math.trunc(Number(params['limit'] ?? 25)) || 25, 1), 100);
  const after = stringOf(params['after']);
  const start = after === undefined ? 0 : all.findIndex((one) => cursor(cursorOf(one)) === after) + 1;
  const data = all.slice(start, start + limit);
  const [first, last] = [data[0], data.at(-1)];
  if (first === undefined || last === undefined) return { data };
  const cursors = { before: cursor(cursorOf(first)), after: cursor(cursorOf(last)) };
  return { data, paging: { cursors } };
}

const cursor = (id: string) => Buffer.from(id).toString('base64url');
