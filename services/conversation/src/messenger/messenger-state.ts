import type { AttachmentSnapshot, DataOf, MessengerMessageChanged, MessengerSnapshot } from '@conversations/contracts';
import type { z } from 'zod';

type Attachments = z.output<typeof AttachmentSnapshot>[];
export type MessengerChange = DataOf<typeof MessengerMessageChanged>['change'];

/** One change of a message, with Meta's time of it. */
export interface TimedChange {
  change: MessengerChange;
  at: string;
}

/** What is stored of a Messenger message beside its text: what agents see, and how new each part of it is. */
export interface MessengerState extends MessengerSnapshot {
  editedAt?: string;
  reactedAt?: string;
  mediaAt?: string;
}

/** What changes of a Messenger message may touch. */
export interface MessengerContent {
  text: string;
  attachments: Attachments;
  messenger: MessengerState;
}

/** Of a message that nobody changed yet. */
export const newState = (how: Pick<MessengerSnapshot, 'external' | 'unsupported' | 'media'>): MessengerState => ({
  ...{ reaction: null, edited: false, unsent: false },
  ...how,
});

/**
 * The content after a change; null when the change is no news. Changes may come twice and in any order: what was taken
 * back stays so, of two texts or reactions the newer holds, files add up.
 */
export function withChange(content: MessengerContent, { change, at }: TimedChange): MessengerContent | null {
  const { text, attachments, messenger } = content;
  switch (change.kind) {
    case 'UNSENT':
      return messenger.unsent ? null : { text: '', attachments: [], messenger: shellOf(messenger) };
    case 'EDITED':
      if (messenger.unsent || !wins([at, change.text], [messenger.editedAt, text])) return null;
      return { text: change.text, attachments, messenger: { ...messenger, edited: true, editedAt: at } };
    case 'REACTION':
      if (!wins([at, change.emoji ?? ''], [messenger.reactedAt, messenger.reaction ?? ''])) return null;
      return { text, attachments, messenger: { ...messenger, reaction: change.emoji, reactedAt: at } };
    case 'MEDIA': {
      const added = change.attachments.filter(({ id }) => !attachments.some((known) => known.id === id));
      const isNewer = wins([at, change.media], [messenger.mediaAt, messenger.media]);
      if (messenger.unsent || (added.length === 0 && !isNewer)) return null;
      return {
        text,
        attachments: [...attachments, ...added.map(shown)].sort((a, b) => (a.id < b.id ? -1 : 1)),
        messenger: isNewer ? { ...messenger, media: change.media, mediaAt: at } : messenger,
      };
    }
  }
}

/** The changes to keep while their message has not come: no text of what was taken back; its files, so that somebody owns them. */
export function keptChanges(known: readonly TimedChange[], next: TimedChange): TimedChange[] {
  const different = known.filter((one) => JSON.stringify(one) !== JSON.stringify(next));
  const all = [...different, next];
  const unsent = all.some(({ change }) => change.kind === 'UNSENT');
  return all.filter(({ change, at }) => {
    if (change.kind === 'UNSENT' || change.kind === 'MEDIA') return true;
    if (unsent && change.kind === 'EDITED') return false;
    return !all.some((other) => other.change.kind === change.kind && Date.parse(at) < Date.parse(other.at));
  });
}

/** What everybody may know. */
export function messengerSnapshot(state: MessengerState): MessengerSnapshot {
  const { reaction, edited, unsent, external, unsupported, media } = state;
  return { reaction, edited, unsent, external, unsupported, media };
}

/** What stays of a message that was taken back, whatever was changed before or is said of it later. */
const shellOf = ({ editedAt: _, mediaAt: __, ...state }: MessengerState): MessengerState => ({
  ...state,
  ...{ edited: false, unsent: true, media: 'READY' },
});

/** The later one; of the same moment, the greater one, so that every order of arrival ends with the same. */
function wins([at, value]: [string, string], [knownAt, known]: [string | undefined, string]): boolean {
  if (knownAt === undefined) return true;
  const later = Date.parse(at) - Date.parse(knownAt);
  return later > 0 || (later === 0 && value > known);
}

/** Where the bytes lie is no part of what is shown. */
const shown = ({ id, filename, contentType, byteSize, inline }: Attachments[number]): Attachments[number] => ({
  ...{ id, filename, contentType, byteSize },
  ...(inline === undefined ? {} : { inline }),
});
