import { isImage } from '@conversations/blob-store';
import type { Resolvers } from './generated/resolvers';

/** People on Messenger. What happened to their messages is shown as its snapshot has it. */
export const messengerResolvers: Resolvers = {
  MessengerProfile: {
    // Not async: a person who is known is not waited for, which every pushed message would pay for.
    displayName: ({ id, displayName, nameThen }, _args, { messengerProfiles }) => {
      if (displayName !== undefined) return displayName;
      const known = messengerProfiles.of(id);
      if (!(known instanceof Promise)) return known.displayName;
      return known.then(
        (profile) => profile?.displayName ?? nameThen ?? id,
        (error: unknown) => {
          if (nameThen === undefined) throw error;
          return nameThen;
        },
      );
    },
    avatarUrl: ({ id }, _args, { messengerProfiles, publicOrigin }) => {
      const known = messengerProfiles.of(id);
      const url = (profile: Awaited<typeof known>) =>
        profile?.avatar != null && isImage(profile.avatar.contentType)
          ? `${publicOrigin}/messenger-profiles/${encodeURIComponent(id)}/avatar?inline=image`
          : null;
      return known instanceof Promise ? known.then(url) : url(known);
    },
  },
};
