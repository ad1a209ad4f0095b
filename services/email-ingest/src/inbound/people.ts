import { domainToASCII } from 'node:url';
import type { MailPerson } from '@conversations/contracts';
import { parseAddressHeader } from 'mailparser';
import { decodeWords, type HeaderFields, valuesOf } from './read-header';

const LONGEST_HEADER = 32 * 1024;
export const MOST_PEOPLE = 100;

/** An address as a key: lower-cased, the domain in punycode; null for what no mail could be sent to. */
export function addressKey(given: string): string | null {
  const address = given.trim().replace(/^<|>$/g, '').toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > 320) return null;
  const local = address.slice(0, at);
  const domain = domainToASCII(address.slice(at + 1).replace(/\.$/, ''));
  if (domain === '' || !/^[^\s\p{C}<>()[\],;:"\\]+$/u.test(local) || !local.isWellFormed()) return null;
  return `${local}@${domain}`;
}

/** Everybody whom the fields of this name list, first to last; each address once, at most {@link MOST_PEOPLE}. */
export function peopleIn(fields: HeaderFields, name: string): MailPerson[] {
  const found = new Map<string, MailPerson>();
  for (const value of valuesOf(fields, name)) {
    for (const person of readPeople(value)) if (!found.has(person.address)) found.set(person.address, person);
    if (found.size >= MOST_PEOPLE) break;
  }
  return [...found.values()].slice(0, MOST_PEOPLE);
}

export function readPeople(value: string): MailPerson[] {
  const people: MailPerson[] = [];
  const add = (entries: { name: string; address?: string; group?: { name: string; address?: string }[] }[]) => {
    for (const { name, address, group } of entries) {
      if (group) add(group);
      const key =
        addressKey(address ?? '') ??
        addressKey(/[^\s<>"',;:]+@[^\s<>"',;:]+/.exec((address ?? name).slice(0, 1_000))?.[0] ?? '');
      if (key !== null) people.push({ name: nameOf(name, key), address: key });
    }
  };
  add(parseAddressHeader(value.slice(0, LONGEST_HEADER), { decodePunycode: false }).value);
  return people;
}

/** Control characters, direction marks and characters without a width say nothing in a name. */
const UNSEEN = /[\p{Cc}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** A name as text of one line; null where the sender gave none but the address. */
export function nameOf(given: string, address: string): string | null {
  const name = decodeWords(given)
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, '')
    .replace(/^["'\s]+|["'\s]+$/g, '')
    .slice(0, 200)
    .toWellFormed();
  return name === '' || name.toLowerCase() === address ? null : name;
}

const MACHINES = /^(mailer-daemon|postmaster|mail-daemon)@/;
export const isMachine = (address: string): boolean => MACHINES.test(address);

/** Who wrote: the first valid mailbox of all From fields, else of Reply-To, Return-Path, Sender; never one of `ours`. */
export function senderOf(fields: HeaderFields, isOurs: (address: string) => boolean): MailPerson | null {
  const candidates = ['from', 'reply-to', 'return-path', 'sender'].flatMap((name) => peopleIn(fields, name));
  return candidates.find(({ address }) => !isOurs(address)) ?? null;
}

/** Lower-cased addresses of every header that says where a mail was delivered, tags and all. */
export const recipientsIn = (fields: HeaderFields): string[] => [
  ...new Set(
    [
      'to',
      'cc',
      'delivered-to',
      'x-original-to',
      'x-forwarded-to',
      'envelope-to',
      'x-envelope-to',
      'resent-to',
    ].flatMap((name) => peopleIn(fields, name).map(({ address }) => address)),
  ),
];
