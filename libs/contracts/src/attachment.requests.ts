import { z } from 'zod';
import { AgentId, AttachmentSnapshot, UploadId, VisitorId } from './conversation';
import { defineRequest } from './define';

const ask = <I extends z.ZodType, O extends z.ZodType>(verb: string, shape: { summary: string; input: I; output: O }) =>
  defineRequest('conversation', verb, shape);

const storageKey = z.string().min(1).max(200);

/** Whose upload it is: nobody else may send it. A visitor is named as its token shows it, because it may not be stored yet. */
export const UploadOwner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), id: AgentId }),
  z.object({ kind: z.literal('visitor'), id: VisitorId, siteId: z.string().max(64), tokenHash: z.string().max(64) }),
]);
export type UploadOwner = z.output<typeof UploadOwner>;

export const ReserveUpload = ask('reserve-upload.v1', {
  summary: 'Notes an upload before its bytes are stored, so that whatever breaks in between is cleared away later.',
  input: z.object({ owner: UploadOwner, storageKey }),
  output: z.object({
    id: UploadId,
    /** `new`: nothing of this visitor is stored yet. `expired`: the token is older than its year. Null for agents. */
    visitor: z.enum(['known', 'new', 'expired']).nullable(),
  }),
});

export const CompleteUpload = ask('complete-upload.v1', {
  summary: 'The bytes of a reserved upload are stored: from now on its owner may send it, once.',
  input: AttachmentSnapshot.extend({ id: UploadId }),
  output: z.object({ attachment: AttachmentSnapshot }),
});

export const FindUploads = ask('find-uploads.v1', {
  summary: 'Uploads that a visitor may send with a message, in the order asked; null for one that it may not.',
  input: z.object({
    visitorId: VisitorId,
    ids: z.array(z.string().max(64)).min(1).max(10),
    /** What this same message holds already may be sent with it again. */
    idempotencyKey: z.string().max(200),
  }),
  output: z.object({ attachments: z.array(AttachmentSnapshot.nullable()) }),
});

export const FindAttachment = ask('find-attachment.v1', {
  summary:
    'Where the bytes of a sent attachment lie; null for an unknown one, an unsent one, or one of another thread.',
  input: z.object({
    id: z.string().max(64),
    /** Set: only when it stands in the thread of this visitor. */
    visitorId: VisitorId.nullable(),
  }),
  output: z.object({ attachment: AttachmentSnapshot.extend({ storageKey }).nullable() }),
});

export const SweepUploads = ask('sweep-uploads.v1', {
  summary: 'Gives up uploads that nobody sent within a day, and forgets those whose bytes are removed.',
  input: z.object({ removed: z.array(UploadId).max(100) }),
  output: z.object({ abandoned: z.array(z.object({ id: UploadId, storageKey })) }),
});
