import { z } from 'zod';
import { ConversationId, DeliveryState, MessageId, Timestamp } from './conversation';

/**
 * What an adapter learned about a reply. Reports may come twice and out of order: a state never goes back, but for FAILED and UNKNOWN,
 * which a later SENT, DELIVERED or SEEN corrects.
 */
export const DeliveryReport = z.object({
  conversationId: ConversationId,
  messageId: MessageId,
  state: DeliveryState.exclude(['ACCEPTED']),
  /** Stable code of a failure, e.g. `MAILBOX_UNKNOWN`, `WINDOW`; null unless FAILED or UNKNOWN. */
  failureCode: z.string().max(64).nullable(),
  /** The channel's own words. */
  detail: z.string().max(500).nullable(),
  /** True: the same message may be tried again by a person. */
  retryable: z.boolean(),
  /** Which of the sends this is about: 1, and one more with each time a person sends it again. */
  attempt: z.number().int().positive(),
  at: Timestamp,
});
export type DeliveryReport = z.output<typeof DeliveryReport>;

export const exampleReport: z.input<typeof DeliveryReport> = {
  conversationId: 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718',
  messageId: 'msg_019329a0c4b27cc0a1b2c3d4e5f60718',
  state: 'FAILED',
  failureCode: 'MAILBOX_UNKNOWN',
  detail: '550 5.1.1 No such user here',
  retryable: true,
  attempt: 1,
  at: '2026-11-22T13:40:00.000Z',
};
