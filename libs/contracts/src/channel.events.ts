import { z } from 'zod';
import { Channel, Timestamp } from './conversation';
import { defineEvent } from './define';

/** Key: the channel's id, which is that of `list-channels.v1`. */
export const ChannelChanged = defineEvent(
  'channel.changed.v1',
  z.object({
    channel: z.object({
      /** E.g. `page:104`. */
      id: z.string().max(100),
      kind: Channel,
      name: z.string(),
      /** False: replies are refused until it is true again. */
      canSend: z.boolean(),
      /** Of two copies the later one holds. */
      changedAt: Timestamp,
    }),
  }),
  {
    summary: 'A Messenger page is new, has another name, can send again or cannot any more.',
    example: {
      channel: {
        id: 'page:104',
        kind: 'messenger',
        name: 'Demo shop',
        canSend: false,
        changedAt: '2026-11-22T13:36:00.000Z',
      },
    },
  },
);
