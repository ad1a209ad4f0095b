import { ConversationId, MAX_WRITTEN_LENGTH, PreviewReply } from '@conversations/contracts';
import { actor } from './context';
import { refusal } from './errors';
import type { Resolvers } from './generated/resolvers';

export const replyPreviewResolvers: Resolvers = {
  Query: {
    replyPreview: async (_root, { conversationId = null, text }, context) => {
      if (text.length > MAX_WRITTEN_LENGTH || text.includes('\0') || !text.isWellFormed())
        throw refusal('BAD_USER_INPUT', `text: at most ${String(MAX_WRITTEN_LENGTH)} characters of text`);
      if (conversationId !== null && !ConversationId.safeParse(conversationId).success) return null;
      const { preview } = await context.ask(PreviewReply, { conversationId, by: actor(context), text });
      return preview;
    },
  },
};
