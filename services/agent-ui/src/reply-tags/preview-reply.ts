import { request, RequestError } from '../data';
import { ReplyPreviewDocument, type ReplyPreviewQuery } from '../generated/documents';

export type ReplyPreview = NonNullable<ReplyPreviewQuery['replyPreview']>;
export type ReplyTag = ReplyPreview['tags'][number];

/** An agent who waits for longer would rather see the tags as they were written. */
const TIMEOUT_MS = 2_000;

/** Null when nobody can tell now: the server decides when the reply reaches it. */
export async function previewReply(
  conversationId: string | null,
  text: string,
  signal?: AbortSignal,
): Promise<ReplyPreview | null> {
  try {
    const options = { timeoutMs: TIMEOUT_MS, ...(signal && { signal }) };
    return (await request(ReplyPreviewDocument, { conversationId, text }, options)).replyPreview;
  } catch (error) {
    if (error instanceof RequestError || signal?.aborted === true) return null;
    throw error;
  }
}
