import { refusal } from '../errors';
import type { Resolvers } from '../generated/resolvers';

/** Mails whose HTML one operation may read: each may hold megabytes. */
const MAX_HTML = 20;

export const emailResolvers: Resolvers = {
  Message: {
    email: (message) => message.email && { ...message.email, message },
  },
  EmailDetails: {
    html: async ({ message, hasHtml }, { remoteImages }, { loaders, mails }) => {
      if (!hasHtml) return null;
      loaders.htmlRead += 1;
      if (loaders.htmlRead > MAX_HTML)
        throw refusal('QUERY_TOO_COMPLEX', `The HTML of at most ${String(MAX_HTML)} mails at once`);
      const body = await loaders.mailBodies.load(message.id);
      return body && mails.html(body, remoteImages ?? false);
    },
    quotedText: async ({ message, hasQuotedText }, _args, { loaders }) =>
      hasQuotedText ? ((await loaders.mailBodies.load(message.id))?.quotedText ?? null) : null,
    forwardedBy: ({ forwarded }) => forwarded && forwarded.by,
    forwardComment: ({ forwarded }) => forwarded && forwarded.comment,
    relatedConversation: ({ relatedConversationId }, _args, { loaders }) =>
      relatedConversationId === null ? null : loaders.conversations.load(relatedConversationId),
    originalUrl: ({ message }, _args, { publicOrigin }) =>
      message.direction === 'INBOUND' ? `${publicOrigin}/originals/${encodeURIComponent(message.id)}` : null,
  },
};
