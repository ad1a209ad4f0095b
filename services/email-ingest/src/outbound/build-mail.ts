import { BlobMissing, type BlobStore, BlobTooLarge } from '@conversations/blob-store';
import { AddressRefused, composeEmail, type OutgoingFile, type SendCommand, type Sender } from './compose-email';

/** The mail can never be sent as it is; `code` and message are for the agent. */
export class MailRefused extends Error {
  constructor(
    readonly code: 'ADDRESS_REFUSED' | 'TOO_LARGE' | 'ATTACHMENT_MISSING',
    message: string,
  ) {
    super(message);
    this.name = 'MailRefused';
  }
}

/** Puts the mail together and stores it, before anything is sent: what goes out, once or more often, are these bytes. */
export async function buildMail(
  blobs: BlobStore,
  key: string,
  command: SendCommand,
  sender: Sender,
  maxBytes: number,
): Promise<void> {
  const files: OutgoingFile[] = [];
  try {
    for (const { filename, contentType, storageKey } of command.attachments)
      files.push({ filename, contentType, content: await blobs.get(storageKey) });
    await blobs.put(key, composeEmail(command, files, sender), { maxBytes });
  } catch (error) {
    for (const { content } of files) content.destroy();
    if (error instanceof BlobMissing) throw new MailRefused('ATTACHMENT_MISSING', 'A file of the message is gone.');
    if (error instanceof BlobTooLarge)
      throw new MailRefused('TOO_LARGE', `With its files the mail is larger than ${maxBytes} bytes.`);
    if (error instanceof AddressRefused) throw new MailRefused('ADDRESS_REFUSED', error.message);
    throw error;
  }
}
