import type { WidgetFrame } from '@conversations/contracts';
import type { VisitedPage } from './frame-messages';

type Contact = Omit<Extract<WidgetFrame, { t: 'contact' }>, 't'>;

/** What the host page's script may tell about its visitor. */
export type ScriptCall =
  | { verb: 'identify'; jwt: string }
  | { verb: 'contact'; contact: Contact }
  | { verb: 'page'; page: Partial<VisitedPage> };

/** The gateway looks at an address again; this finds what a page's author got wrong. */
const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;
const MOST = { email: 320, name: 200, phone: 40, company: 200, url: 2_000, title: 300 };

/** The call, or in English why it is refused: the host page's author reads it. */
export function readCall(verb: string, value: unknown): ScriptCall | string {
  if (verb === 'identify')
    return typeof value === 'string' && value.length <= 4_000
      ? { verb, jwt: value }
      : 'identify takes a JWT, as text of at most 4000 characters';
  if (verb === 'contact') {
    const contact = fields(value, ['email', 'name', 'phone', 'company']);
    if (typeof contact === 'string') return `contact: ${contact}`;
    const { email = '' } = contact;
    return ADDRESS.test(email) ? { verb, contact: { ...contact, email } } : 'contact: email must be an address';
  }
  if (verb === 'page') {
    const page = fields(value, ['url', 'title']);
    if (typeof page === 'string') return `page: ${page}`;
    const { url } = page;
    return url === undefined || (/^https?:/.test(url) && URL.canParse(url))
      ? { verb, page }
      : 'page: url must be a web address';
  }
  return `there is no "${verb.slice(0, 40)}"`;
}

function fields<K extends keyof typeof MOST>(value: unknown, keys: readonly K[]): Partial<Record<K, string>> | string {
  if (typeof value !== 'object' || value === null) return `takes an object with ${keys.join(', ')}`;
  const read: Partial<Record<K, string>> = {};
  for (const [name, given] of Object.entries(value)) {
    const key = keys.find((known) => known === name);
    if (key === undefined) return `there is no ${name.slice(0, 40)}`;
    // JSON has no undefined: a page's author writes null for what is not known.
    if (given === null || given === '') continue;
    if (typeof given !== 'string' || given.length > MOST[key]) {
      return `${key} must be text of at most ${String(MOST[key])} characters`;
    }
    read[key] = given.replaceAll('\u0000', '').toWellFormed().trim();
  }
  return read;
}
