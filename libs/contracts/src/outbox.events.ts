import { z } from 'zod';
import { defineLive } from './define';

/** Key: the schema. From the replica that committed to the one whose relay publishes. */
export const OutboxRowsWaiting = defineLive(
  'outbox.rows-waiting.v1',
  z.object({ schema: z.string().regex(/^[a-z][a-z_]{0,62}$/) }),
  {
    summary: 'A transaction committed events that the relay of the schema has not published yet.',
    example: { schema: 'conversation' },
  },
);
