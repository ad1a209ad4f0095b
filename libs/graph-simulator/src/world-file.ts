import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Attachment, Media, Message, Person, World } from './world';

type KeptAttachment =
  Exclude<Attachment, { media: Media }> | { kind: 'media' | 'sticker'; mediaId: string; stickerId?: number };

/** What a restart must not forget: the agents' inbox still has these people. */
interface Kept {
  version: 1;
  people: Person[];
  messages: (Omit<Message, 'attachments'> & { attachments: KeptAttachment[] })[];
  media: (Omit<Media, 'bytes'> & { base64: string })[];
}

const SAVE_AFTER_MS = 500;

/** Reads the file into the world, then writes it soon after each change. Answers with a function that writes it for the last time. */
export function keepWorld(world: World, file: string): () => void {
  if (existsSync(file)) restore(world, readFileSync(file, 'utf8'));
  let waiting: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(waiting);
    waiting = undefined;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.partial`, JSON.stringify(toKept(world)), { mode: 0o600 });
    renameSync(`${file}.partial`, file);
  };
  const forget = world.watch(() => {
    waiting ??= setTimeout(save, SAVE_AFTER_MS);
  });
  return () => {
    forget();
    save();
  };
}

function toKept({ people, messages, media }: World): Kept {
  const keepAttachment = (attachment: Attachment): KeptAttachment => {
    if (attachment.kind === 'location' || attachment.kind === 'share') return attachment;
    const { media: file, ...others } = attachment;
    return { ...others, mediaId: file.id };
  };
  return {
    version: 1,
    people: [...people.values()],
    messages: messages.map((message) => ({ ...message, attachments: message.attachments.map(keepAttachment) })),
    media: [...media.values()].map(({ bytes, ...file }) => ({ ...file, base64: bytes.toString('base64') })),
  };
}

function restore(world: World, text: string): void {
  // Nobody but `toKept` writes this file; one of another version is begun anew.
  const kept = JSON.parse(text) as Kept;
  if (kept.version !== 1) return;
  for (const { base64, ...file } of kept.media) {
    world.media.set(file.id, { ...file, bytes: Buffer.from(base64, 'base64') });
  }
  for (const person of kept.people) if (world.pages.has(person.pageId)) world.people.set(person.psid, person);
  for (const { attachments, ...message } of kept.messages) {
    if (!world.people.has(message.psid)) continue;
    world.add({ ...message, attachments: attachments.flatMap((one) => reviveAttachment(world, one)) });
  }
}

function reviveAttachment(world: World, kept: KeptAttachment): Attachment[] {
  if (kept.kind === 'location' || kept.kind === 'share') return [kept];
  const media = world.media.get(kept.mediaId);
  if (!media) return [];
  return [
    kept.kind === 'media' ? { kind: 'media', media } : { kind: 'sticker', media, stickerId: kept.stickerId ?? 0 },
  ];
}
