import type { Bounce } from '../threading/thread-signs';
import { addressKey, isMachine, peopleIn, recipientsIn } from './people';
import { decodeWords, firstOf, type HeaderFields, readHeader, valuesOf } from './read-header';
import { messageIdIn, repliesTo } from './message-ids';
import { bodyOf, type Structure } from './scan-structure';

type Report = Omit<Bounce, 'at'>;

const LONGEST_REPORT = 64 * 1024;

/** What a mail reports about another one (RFC 3464, RFC 5965), or null when it is no report. */
export function bounceIn(raw: Buffer, structure: Structure): Report | null {
  const [mail] = structure.parts;
  if (!mail) return null;
  const leaf = (...types: string[]) => structure.parts.find(({ contentType }) => types.includes(contentType));
  const status = leaf('message/delivery-status', 'message/global-delivery-status');
  const feedback = leaf('message/feedback-report');
  const returned = leaf('message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global');
  const recipients = recipientsIn(mail.header);
  const inner = returned ? readHeader(bodyOf(raw, returned, LONGEST_REPORT)) : [];
  const rfcMessageIds = [...new Set([messageIdIn(inner) ?? [], repliesTo(mail.header)].flat())];
  const common = { recipients, rfcMessageIds };
  if (feedback) return { ...common, ...complaint(bodyOf(raw, feedback, LONGEST_REPORT)) };
  if (status) return { ...common, ...deliveryStatus(bodyOf(raw, status, LONGEST_REPORT)) };
  return unstructured(raw, structure, mail.header, common);
}

/** Fields come in blocks that an empty line parts: one for the mail, then one for each recipient. */
const fieldsOf = (body: Buffer): HeaderFields =>
  readHeader(Buffer.from(body.toString('latin1').replace(/(\r?\n){2,}/g, '\n'), 'latin1'));

function deliveryStatus(body: Buffer): Pick<Report, 'kind' | 'finalRecipient' | 'status' | 'diagnostic'> {
  const fields = fieldsOf(body);
  const action = (firstOf(fields, 'action') ?? 'failed').toLowerCase().trim();
  const kind = /^(delivered|relayed|expanded)$/.test(action) ? 'delivered' : action === 'delayed' ? 'delay' : 'failure';
  return {
    kind,
    finalRecipient: recipientOf(firstOf(fields, 'final-recipient') ?? firstOf(fields, 'original-recipient')),
    status: statusIn(firstOf(fields, 'status') ?? ''),
    diagnostic: wordsOf((firstOf(fields, 'diagnostic-code') ?? '').replace(/^\s*[\w-]+\s*;\s*/, '')),
  };
}

function complaint(body: Buffer): Pick<Report, 'kind' | 'finalRecipient' | 'status' | 'diagnostic'> {
  const fields = fieldsOf(body);
  return {
    kind: 'complaint',
    finalRecipient: recipientOf(firstOf(fields, 'original-rcpt-to') ?? firstOf(fields, 'removal-recipient')),
    status: null,
    diagnostic: wordsOf(firstOf(fields, 'feedback-type') ?? ''),
  };
}

/** Servers that report in words only. */
function unstructured(
  raw: Buffer,
  { parts }: Structure,
  header: HeaderFields,
  common: Pick<Report, 'recipients' | 'rfcMessageIds'>,
): Report | null {
  const failed = valuesOf(header, 'x-failed-recipients')[0];
  const from = peopleIn(header, 'from')[0]?.address ?? '';
  const subject = decodeWords(firstOf(header, 'subject') ?? '');
  const isReport = (from === '' || isMachine(from)) && FAILURE.test(subject);
  if (failed === undefined && !isReport) return null;
  const text = parts.find(({ contentType }) => contentType === 'text/plain' || contentType === '') ?? parts[0];
  const words = text ? bodyOf(raw, text, LONGEST_REPORT).toString('latin1') : '';
  const returnedId = /^message-id:\s*<([^<>\s]+)>/im.exec(words)?.[1];
  return {
    recipients: common.recipients,
    rfcMessageIds: returnedId === undefined ? common.rfcMessageIds : [returnedId, ...common.rfcMessageIds],
    kind: /\bdelay|\bwarning/i.test(subject) ? 'delay' : 'failure',
    finalRecipient: recipientOf(failed?.split(',')[0] ?? null),
    status: statusIn(words),
    diagnostic: wordsOf(/^.*\b[45]\d\d[ -].*$/m.exec(words)?.[0] ?? ''),
  };
}

const FAILURE =
  /undeliver|delivery|returned mail|failure|nicht zugestellt|unzustellbar|non remis|échec|mail system error/i;

const recipientOf = (field: string | null): string | null => addressKey((field ?? '').replace(/^\s*[\w-]+\s*;\s*/, ''));
const statusIn = (text: string): string | null => /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null;
const wordsOf = (text: string): string | null => {
  const words = text.replace(/\s+/g, ' ').trim().slice(0, 500).toWellFormed();
  return words === '' ? null : words;
};
