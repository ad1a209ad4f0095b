import { z } from 'zod';

/** Codes of errors that a person can understand and act on; the GraphQL enum `UserErrorCode` has the same names. */
export const UserErrorCode = z.enum([
  'NOT_FOUND',
  'INVALID_INPUT',
  'TOO_LONG',
  'EMPTY_MESSAGE',
  'REPLY_WINDOW_CLOSED',
  'EMAIL_ADDRESS_MISSING',
  'CHANNEL_NOT_AVAILABLE',
  'IDEMPOTENCY_CONFLICT',
  'UNRESOLVED_TAGS',
  'STALE_VERSION',
  'NAME_TAKEN',
  'CATEGORY_NOT_EMPTY',
  'ATTACHMENT_REJECTED',
  'ALREADY_AN_AGENT',
  'LAST_ADMIN',
  'WRONG_PASSWORD',
  'ANOTHER_CONVERSATION_OPEN',
]);
export type UserErrorCode = z.output<typeof UserErrorCode>;

/** How a named error crosses NATS. `details` carries what the code promises, e.g. `existingMessageId`. */
export const WireError = z.object({
  code: z.string(),
  message: z.string(),
  path: z.array(z.string()).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type WireError = z.output<typeof WireError>;

/** An error for the person who asked: it names the situation and says what to do. Thrown by use cases, rethrown by the asker. */
export class UserError extends Error {
  constructor(
    readonly code: UserErrorCode,
    message: string,
    readonly options: { path?: string[]; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = 'UserError';
  }
}
