import { automaticOf, isInCircles } from './automatic';
import { authenticationOf } from './authentication';
import { sentAt } from './dates';
import { derivedMessageId, messageIdIn, referencesIn, repliesTo } from './message-ids';
import type { ParsedMail, ParseOptions } from './parsed-mail';
import { isMachine, nameOf, peopleIn, recipientsIn, senderOf } from './people';
import { decodeWords, firstOf, type HeaderFields, valuesOf } from './read-header';

type Facts = Omit<
  ParsedMail,
  'text' | 'historyLine' | 'html' | 'files' | 'bounce' | 'forward' | 'contentHash' | 'incomplete'
>;

const MAX_SUBJECT = 500;

/** `inbox+tag@example.com` is `inbox@example.com`. */
export const withoutTag = (address: string): string => address.replace(/\+[^@]*@/, '@');

/** Everything that a mail's header says; never throws, whatever the header is. */
export function readFacts(header: HeaderFields, options: ParseOptions): Facts {
  const own = new Set(options.ownAddresses);
  const isOurs = (address: string) => own.has(withoutTag(address));
  const [to, cc] = [peopleIn(header, 'to'), peopleIn(header, 'cc')];
  const from = senderOf(header, isOurs);
  const named = [...to, ...cc];
  const machine = from !== null && isMachine(from.address);
  const automatic = automaticOf(
    header,
    options.nullSender || /^\s*<\s*>\s*$/.test(firstOf(header, 'return-path') ?? ''),
  );
  return {
    header: header.filter(([name]) => KEPT.has(name)).slice(0, 200),
    from: from === null ? null : { address: from.address, name: from.name ?? nameBeside(header, from.address) },
    to,
    cc,
    recipients: recipientsIn(header),
    rfcMessageId: messageIdIn(header),
    inReplyTo: repliesTo(header),
    references: referencesIn(header),
    subject: subjectOf(header),
    sentAt: sentAt(firstOf(header, 'date'), options.receivedAt),
    automatic: automatic === 'no' && machine ? 'other' : automatic,
    inCircles: isInCircles(header),
    redirected: named.length > 0 && !named.some(({ address }) => isOurs(address)),
    authentication: authenticationOf(header, options.authservId),
  };
}

/** What the steps after parsing look at. */
const KEPT = new Set(['message-id', 'x-conversations-loop', 'in-reply-to']);

export const idOrDerived = (facts: Pick<Facts, 'rfcMessageId'>, rawId: string): string =>
  facts.rfcMessageId ?? derivedMessageId(rawId);

function subjectOf(header: HeaderFields): string {
  const subject = decodeWords(firstOf(header, 'subject') ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return subject.slice(0, MAX_SUBJECT).toWellFormed();
}

/** A From without a valid address may still bear a name. */
function nameBeside(header: HeaderFields, address: string): string | null {
  const [from = ''] = valuesOf(header, 'from');
  return from.includes('@') ? null : nameOf(from.replace(/<.*/, ''), address);
}
