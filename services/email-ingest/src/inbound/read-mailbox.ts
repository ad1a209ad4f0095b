import { Readable } from 'node:stream';
import { BlobTooLarge } from '@conversations/blob-store';
import type { Logger } from '@conversations/runtime';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { DataSource } from 'typeorm';
import { type AcceptMail, NO_ENVELOPE } from './accept-mail';
import type { Mailbox } from './inbound-settings';
import { type Cursor, moveCursor, readCursor } from './mailbox-cursor';

export interface MailboxReading {
  client: ImapFlow;
  mailbox: Mailbox;
  owner: string;
  dataSource: DataSource;
  accepting: AcceptMail;
  log: Logger;
  isStopping: () => boolean;
}

/** Mails that are asked for together, while they are small. */
const BATCH = 50;
const SMALL = 512 * 1024;
/** Even a larger one than SMTP takes: it is in the mailbox already. */
const MAX_BYTES = 200 * 1024 * 1024;
/** Clocks of mail servers differ. */
const SLACK_MS = 24 * 60 * 60 * 1_000;

/** Takes what is new in the open mailbox, in its order; the cursor moves with each mail, in the transaction that stores it. */
export async function readMailbox(reading: MailboxReading): Promise<number> {
  const { client, mailbox, owner, dataSource } = reading;
  const opened = client.mailbox;
  if (opened === false) throw new Error('the folder is not open');
  let cursor = await readCursor(dataSource, mailbox.id);
  if (cursor.uidValidity !== opened.uidValidity) {
    cursor = await begin(reading, cursor, opened.uidValidity, opened.uidNext);
    await moveCursor(dataSource.manager, mailbox.id, owner, cursor);
  }
  let taken = 0;
  const { groups, lastUid } = await newMails(reading, cursor);
  for (const group of groups) {
    if (reading.isStopping()) return taken;
    for await (const { uid, content } of contentsOf(client, group)) {
      cursor = { ...cursor, lastUid: uid };
      await take(reading, cursor, content);
      taken += 1;
    }
  }
  // Past those that were left out, or deleted meanwhile.
  if (lastUid > cursor.lastUid) await moveCursor(dataSource.manager, mailbox.id, owner, { ...cursor, lastUid });
  return taken;
}

/**
 * The first time, what lies there is left alone unless all of it is asked for. Later, other numbers mean that the server gave them anew:
 * everything is read again, and what is known already is known by its bytes.
 */
async function begin(
  { mailbox, log }: MailboxReading,
  former: Cursor,
  uidValidity: bigint,
  uidNext: number,
): Promise<Cursor> {
  if (former.uidValidity !== null) {
    log.warn({ mailbox: mailbox.id }, 'mailbox.numbered-anew');
    return { uidValidity, lastUid: 0, since: former.since, numberedAnewTo: uidNext - 1 };
  }
  const skips = mailbox.history === 'none';
  return { uidValidity, lastUid: skips ? uidNext - 1 : 0, since: skips ? new Date() : null, numberedAnewTo: 0 };
}

/** UIDs after the cursor, in groups that are fetched together. */
async function newMails(
  { client, log, mailbox }: MailboxReading,
  { lastUid, since, numberedAnewTo }: Cursor,
): Promise<{ groups: number[][]; lastUid: number }> {
  const found: FetchMessageObject[] = [];
  // A range that ends with * always has the newest mail in it, also one that is known.
  for await (const mail of client.fetch(
    `${lastUid + 1}:*`,
    { uid: true, size: true, internalDate: true },
    { uid: true },
  ))
    if (mail.uid > lastUid) found.push(mail);
  const groups: number[][] = [];
  let small: number[] = [];
  found.sort((a, b) => a.uid - b.uid);
  for (const mail of found) {
    const at = mail.internalDate === undefined ? NaN : new Date(mail.internalDate).getTime();
    if (since !== null && mail.uid <= numberedAnewTo && at < since.getTime() - SLACK_MS) continue;
    if ((mail.size ?? 0) > SMALL) {
      if (small.length > 0) groups.push(small);
      groups.push([mail.uid]);
      small = [];
    } else if (small.push(mail.uid) === BATCH) {
      groups.push(small);
      small = [];
    }
  }
  if (small.length > 0) groups.push(small);
  if (found.length > BATCH) log.info({ mailbox: mailbox.id, mails: found.length }, 'mailbox.catching-up');
  return { groups, lastUid: Math.max(lastUid, ...found.slice(-1).map(({ uid }) => uid)) };
}

async function* contentsOf(client: ImapFlow, uids: number[]): AsyncGenerator<{ uid: number; content: Readable }> {
  const [only] = uids;
  if (uids.length === 1 && only !== undefined) {
    const { content } = await client.download(String(only), undefined, { uid: true, maxBytes: MAX_BYTES + 1 });
    // Gone meanwhile: somebody deleted or moved it.
    if (content) yield { uid: only, content };
    return;
  }
  const mails = await client.fetchAll(uids.join(','), { uid: true, source: true }, { uid: true });
  for (const { uid, source } of mails.sort((a, b) => a.uid - b.uid))
    if (source) yield { uid, content: Readable.from([source]) };
}

async function take(
  { mailbox, owner, accepting, log }: MailboxReading,
  cursor: Cursor,
  content: Readable,
): Promise<void> {
  const alongside = (tx: Parameters<typeof moveCursor>[0]) => moveCursor(tx, mailbox.id, owner, cursor);
  try {
    const source = `mailbox:${mailbox.id}`;
    await accepting.run({ source, envelope: NO_ENVELOPE, content, maxBytes: MAX_BYTES, alongside });
  } catch (error) {
    if (!(error instanceof BlobTooLarge)) throw error;
    // It stays in the mailbox; the others behind it must not wait for it.
    log.error({ mailbox: mailbox.id, uid: cursor.lastUid }, 'mailbox.mail-too-large');
  }
}
