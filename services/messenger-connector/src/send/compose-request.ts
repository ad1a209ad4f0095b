import { type BlobStore } from '@conversations/blob-store';
import type { InboundAttachment } from '@conversations/contracts';
import type { Part } from './part';

/** Source: Meta, "Send API": in the window RESPONSE; after it a person may answer with the HUMAN_AGENT tag. */
export type Permission = { messaging_type: 'RESPONSE' } | { messaging_type: 'MESSAGE_TAG'; tag: 'HUMAN_AGENT' };

/** Source: Meta, "Saving assets": an image is smaller than other files. A larger one goes as a file. */
const LARGEST_IMAGE = 8 * 1024 * 1024;

/** A file of the message cannot be read; it is the part's fault, not Facebook's. */
export class FileMissing extends Error {}

/** The body of a send: JSON for a text, a form with the bytes for a file. `metadata` comes back with the echo. */
export async function composeRequest(
  part: Part,
  permission: Permission,
  blobs: BlobStore | null,
): Promise<Record<string, unknown> | FormData> {
  const recipient = { id: part.person_id };
  const { attachment } = part;
  if (attachment === null) return { recipient, ...permission, message: { text: part.text, metadata: part.id } };
  const bytes = await readFile(attachment, blobs);
  const content = { type: kindOf(attachment), payload: { is_reusable: false } };
  const form = new FormData();
  form.set('recipient', JSON.stringify(recipient));
  for (const [name, value] of Object.entries(permission)) form.set(name, value);
  form.set('message', JSON.stringify({ attachment: content, metadata: part.id }));
  form.set('filedata', new File(bytes, attachment.filename, { type: attachment.contentType }));
  return form;
}

function kindOf({ contentType, byteSize }: InboundAttachment): 'image' | 'audio' | 'video' | 'file' {
  if (/^image\/(jpeg|png|gif|webp)$/.test(contentType)) return byteSize > LARGEST_IMAGE ? 'file' : 'image';
  if (contentType.startsWith('video/')) return 'video';
  return contentType.startsWith('audio/') ? 'audio' : 'file';
}

async function readFile({ storageKey }: InboundAttachment, blobs: BlobStore | null): Promise<Buffer<ArrayBuffer>[]> {
  if (blobs === null) throw new FileMissing('there is no place for files: BLOB_STORE_DIR is not set');
  try {
    const chunks: Buffer<ArrayBuffer>[] = [];
    for await (const chunk of await blobs.get(storageKey)) chunks.push(chunk as Buffer<ArrayBuffer>);
    return chunks;
  } catch (error) {
    throw new FileMissing('the file cannot be read', { cause: error });
  }
}
