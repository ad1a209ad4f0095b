import type { DataOf, SendEmail } from '@conversations/contracts';
import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Readable } from 'node:stream';
import { bodyMarker } from '../threading/body-marker';
import { LOOP_HEADER, loopMark } from '../threading/loop-header';
import { isPlainAddress } from '../threading/mail-address';
import { ownMessageId } from '../threading/message-id';
import { replyAddress } from '../threading/reply-token';
import type { SigningKeys } from '../threading/signing-keys';
import { type MailBody, oneLine, textBody } from './mail-body';
import { htmlBody } from './mail-html';
import { cleanId, trimReferences } from './references';

export type SendCommand = DataOf<typeof SendEmail>;

/** How our mail looks and where answers go; from the settings. */
export interface Sender {
  keys: SigningKeys;
  /** Address that mail comes from. */
  inbox: string;
  /** Right side of our Message-IDs. */
  domain: string;
  /** `{agent}` stands for who answers. */
  name: string;
  signature: string;
  timeZone: string;
  /** False: the mail server knows no `inbox+tag@` addresses. */
  subAddressing: boolean;
  dkim: { domainName: string; keySelector: string; privateKey: string } | null;
}

export interface OutgoingFile {
  filename: string;
  contentType: string;
  content: Readable;
}

/** An address that would break out of its header or its SMTP command. */
export class AddressRefused extends Error {
  constructor() {
    super('An address holds characters that no address has.');
    this.name = 'AddressRefused';
  }
}

/** The whole mail as it is sent, built while it is read. Files and links are never fetched: what goes in is what is passed. */
export function composeEmail(command: SendCommand, files: readonly OutgoingFile[], sender: Sender): Readable {
  const { keys, inbox } = sender;
  const people = [command.to, ...command.cc];
  if (![inbox, ...people.map(({ address }) => address)].every(isPlainAddress)) throw new AddressRefused();

  const body = bodyOf(command, sender);
  const name = named(sender.name, command.agent.name);
  const answersTo = sender.subAddressing ? replyAddress(keys, inbox, command.conversationId) : null;
  const inReplyTo = cleanId(command.inReplyTo);
  const references = trimReferences([...command.references, ...(inReplyTo === null ? [] : [inReplyTo])]);
  const message = new MailComposer({
    from: { name, address: inbox },
    to: mailbox(command.to),
    cc: command.cc.map(mailbox),
    ...(answersTo === null ? {} : { replyTo: { name, address: answersTo } }),
    subject: body.subject,
    messageId: `<${ownMessageId(keys, sender.domain, command.messageId)}>`,
    ...(inReplyTo === null ? {} : { inReplyTo: `<${inReplyTo}>` }),
    ...(references.length === 0 ? {} : { references: references.map((id) => `<${id}>`) }),
    headers: { [LOOP_HEADER]: loopMark(keys, command.messageId) },
    text: textBody(body),
    html: htmlBody(body),
    attachments: files.map(({ filename, contentType, content }) => ({
      filename: oneLine(filename).slice(0, 200) || 'file',
      contentType: plainType(contentType),
      contentTransferEncoding: 'base64',
      content,
    })),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .createReadStream();
  return sender.dkim === null ? message : new DKIM(sender.dkim).sign(message);
}

function bodyOf(command: SendCommand, sender: Sender): MailBody {
  const { locale, text, transcript, transcriptCut, agent } = command;
  return {
    locale,
    subject: oneLine(command.subject),
    text,
    signature: named(sender.signature, agent.name, (text) => text),
    marker: bodyMarker(sender.keys, command.conversationId),
    transcript,
    transcriptCut,
    timeZone: sender.timeZone,
  };
}

const named = (template: string, agent: string, shape = oneLine): string =>
  shape(template.replaceAll('{agent}', () => oneLine(agent)));

const mailbox = ({ name, address }: SendCommand['to']) => ({ name: oneLine(name ?? ''), address });

/** Containers have rules of their own for how they are encoded: they travel as plain bytes. */
const plainType = (type: string): string =>
  /^[\w.+-]+\/[\w.+-]+$/.test(type) && !/^(multipart|message)\//i.test(type) ? type : 'application/octet-stream';
