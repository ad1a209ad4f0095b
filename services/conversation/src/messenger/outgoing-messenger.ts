import { SendMessenger } from '@conversations/contracts';
import type { OutgoingChannel } from '../conversation/outgoing';
import { MessengerProfile } from './messenger-profile.entity';
import { newState } from './messenger-state';

/** How answers leave by Messenger: with the window as it stands, so that the adapter knows which kind of message may be sent. */
export const outgoingMessenger: OutgoingChannel = {
  details: () => Promise.resolve({ messenger: newState({ external: false, unsupported: false, media: 'READY' }) }),
  async command(tx, { conversation, message, attachments }) {
    const profile = await tx.findOneByOrFail(MessengerProfile, { id: conversation.messengerProfileId ?? '' });
    const window = profile.window();
    if (window === null) throw new Error(`${profile.id} never wrote`);
    return {
      contract: SendMessenger,
      data: {
        conversationId: conversation.id,
        messageId: message.id,
        attempt: message.deliveryAttempt,
        profileId: profile.id,
        pageId: profile.pageId,
        threadKey: profile.threadKey,
        text: message.text,
        attachments,
        window: {
          closesAt: window.closesAt.toISOString(),
          humanAgentUntil: window.humanAgentUntil?.toISOString() ?? null,
        },
      },
    };
  },
};
