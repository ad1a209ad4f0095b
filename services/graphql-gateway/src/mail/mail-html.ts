import { isImage } from '@conversations/blob-store';
import type { InboundAttachment } from '@conversations/contracts';

/** Bytes of pictures that are put into the HTML of one mail. */
export const MAX_PICTURES = 4 * 1024 * 1024;

/** Within a tag only: in text, the sanitiser has escaped every `<`. */
const IMG = /<img\b[^>]*>/g;
const OWN = / data-attachment="([^"]*)"/;
const REMOTE = / data-remote-src="(https?:\/\/[^"]*)"/;

/**
 * A mail's sanitised HTML as a screen shows it: its own pictures stand in it as data, those from elsewhere stay marked and
 * are named as sources only when an agent asks. Nothing is ever fetched from elsewhere here.
 */
export async function mailHtml(
  sanitised: string,
  pictures: readonly InboundAttachment[],
  read: (picture: InboundAttachment) => Promise<Buffer | null>,
  remoteImages: boolean,
): Promise<string> {
  const sources = await ownSources(sanitised, pictures, read);
  return sanitised.replace(IMG, (tag) => {
    const own = sources.get(OWN.exec(tag)?.[1] ?? '');
    // A function: what a mail says never works as a replacement pattern.
    if (own !== undefined) return tag.replace(OWN, () => ` src="${own}"`);
    return remoteImages ? tag.replace(REMOTE, (_, url: string) => ` src="${url}"`) : tag;
  });
}

async function ownSources(
  sanitised: string,
  pictures: readonly InboundAttachment[],
  read: (picture: InboundAttachment) => Promise<Buffer | null>,
): Promise<Map<string, string>> {
  const named = new Set([...sanitised.matchAll(IMG)].map(([tag]) => OWN.exec(tag)?.[1]));
  const sources = new Map<string, string>();
  let left = MAX_PICTURES;
  for (const picture of pictures) {
    const { id, contentType, byteSize } = picture;
    if (!named.has(id) || !isImage(contentType) || byteSize > left) continue;
    const bytes = await read(picture);
    if (bytes === null || bytes.length > left) continue;
    left -= bytes.length;
    sources.set(id, `data:${contentType};base64,${bytes.toString('base64')}`);
  }
  return sources;
}
