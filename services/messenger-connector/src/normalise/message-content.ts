import { z } from 'zod';
import type { MediaLink } from './fact';
import { cutText, Id, lenient, LooseText } from './values';

export const LONGEST_TEXT = 20_000;
/** As many as the contract takes. */
const MOST_ATTACHMENTS = 100;
const FILES = new Set(['image', 'video', 'audio', 'file', 'sticker', 'animated_image_share']);

const Coordinates = z.looseObject({ lat: z.number(), long: z.number() });
const Element = z.looseObject({ title: lenient(LooseText), subtitle: lenient(LooseText), url: lenient(LooseText) });

const Payload = z.looseObject({
  url: lenient(LooseText),
  title: lenient(LooseText),
  text: lenient(LooseText),
  coordinates: lenient(Coordinates),
  elements: lenient(z.array(Element.catch({}))),
});

const Attachment = z.looseObject({
  type: lenient(LooseText),
  title: lenient(LooseText),
  url: lenient(LooseText),
  URL: lenient(LooseText),
  payload: lenient(Payload),
});

export const MessageBody = z.looseObject({
  mid: lenient(Id),
  text: lenient(LooseText),
  attachments: lenient(z.array(z.unknown())),
  is_echo: lenient(z.boolean()),
  is_deleted: lenient(z.boolean()),
  is_unsupported: lenient(z.boolean()),
  app_id: lenient(Id),
  metadata: lenient(LooseText),
});
export type MessageBody = z.output<typeof MessageBody>;

/** What of a message can be shown: its words, places and links as text, its files as links to fetch. */
export function contentOf(message: MessageBody): { text: string; media: MediaLink[]; unsupported: boolean } {
  const lines = message.text === undefined || message.text === '' ? [] : [message.text];
  const media: MediaLink[] = [];
  for (const given of (message.attachments ?? []).slice(0, MOST_ATTACHMENTS)) {
    const { data: attachment } = Attachment.safeParse(given);
    if (!attachment) continue;
    const type = attachment.type?.toLowerCase() ?? '';
    const url = attachment.payload?.url;
    if (FILES.has(type) && url !== undefined) media.push({ url, type });
    else lines.push(...linesOf(attachment).filter((line) => !lines.some((known) => known.includes(line))));
  }
  const text = cutText(lines.join('\n'), LONGEST_TEXT);
  return { text, media, unsupported: text.trim() === '' && media.length === 0 };
}

/** A place, a link, or the words of a template. */
function linesOf({ title, url, URL: otherUrl, payload }: z.output<typeof Attachment>): string[] {
  const elements = (payload?.elements ?? []).flatMap((element) => [element.title, element.subtitle, element.url]);
  const at = payload?.coordinates;
  const place = at === undefined ? [] : [`${at.lat}, ${at.long}`, mapAddress(at.lat, at.long)];
  const words = [
    title,
    payload?.title,
    payload?.text,
    ...elements.filter((word) => word === undefined || !isAddress(word)),
  ];
  const links = [url, otherUrl, payload?.url, ...elements].filter((link) => link !== undefined && isAddress(link));
  const lines = [...words, ...place, ...links].filter((line) => line !== undefined && line.trim() !== '');
  return [...new Set(lines as string[])];
}

const isAddress = (text: string) => /^https?:\/\/\S+$/i.test(text);

const mapAddress = (lat: number, long: number) =>
  `https://www.openstreetmap.org/?mlat=${lat}&mlon=${long}#map=16/${lat}/${long}`;
