import { z } from 'zod';
import { Actor, AgentId, ConversationId, Text } from './conversation';
import { defineRequest } from './define';

/** A personalization tag in a text, or what looks like one. */
export const ReplyTag = z.object({
  /** As it stands in the text. */
  written: z.string(),
  /** Where it starts in the text, in UTF-16 code units. */
  start: z.number().int().nonnegative(),
  /** What stands in its place when it is sent; null while it is not resolved. */
  value: z.string().nullable(),
  /** UNKNOWN: there is no such tag. NO_VALUE: nothing is known to put in, and the tag has no fallback. */
  problem: z.enum(['UNKNOWN', 'NO_VALUE']).nullable(),
  /** UNKNOWN only: the name that was perhaps meant. */
  suggestion: z.string().nullable(),
});
export type ReplyTag = z.output<typeof ReplyTag>;

/** Longest text with tags, in UTF-16 code units; what it becomes is held against the channel's own limit. */
export const MAX_WRITTEN_LENGTH = 20_000;

export const PreviewReply = defineRequest('conversation', 'preview-reply.v1', {
  summary: 'What a text becomes as a reply: its personalization tags, resolved as for `reply`.',
  input: z.object({
    /** Null: for nobody in particular; only tags that do not exist are a problem. */
    conversationId: ConversationId.nullable(),
    by: Actor.extend({ kind: z.literal('agent'), id: AgentId }),
    text: Text.pipe(z.string().max(MAX_WRITTEN_LENGTH)),
  }),
  output: z.object({
    preview: z
      .object({
        /** What is sent; an unresolved tag stands in it as it was written. */
        text: z.string(),
        /** The same to go on writing: a value that looks like a tag is escaped, so that replying with it sends `text`. */
        draft: z.string(),
        tags: z.array(ReplyTag),
        /** Names of all tags there are, in the order to offer them. */
        offered: z.array(z.string()),
      })
      .nullable(),
  }),
});
