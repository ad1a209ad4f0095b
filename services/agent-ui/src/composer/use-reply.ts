import { useEffect, useSyncExternalStore } from 'react';
import { type ConversationRow, outbox, useDraft, useThread } from '../data';
import { useViewer } from '../session';
import { type SendProblem, sendProblem } from './send-problem';
import { cancelWaiting, isWaiting, sendAfterUploads, subscribeWaiting } from './send-after-uploads';
import { uploadQueueOf } from './upload-queue';
import { useChannel } from './use-channel';

/** The reply in the box: its text, channel and files, what keeps it from being sent, and sending it. */
export function useReply(conversation: ConversationRow) {
  const { agent } = useViewer();
  const draftKey = `${agent.id} ${conversation.id}`;
  const { replyOptions, people } = useThread(conversation.id);
  const [draft, setDraft] = useDraft(conversation.id);
  const channel = useChannel(draftKey, [draft, setDraft], replyOptions, conversation.lastChannel);
  const queue = uploadQueueOf(agent.id, conversation.id);
  const uploads = useSyncExternalStore(queue.subscribe, queue.uploads);
  const waiting = useSyncExternalStore(subscribeWaiting, () => isWaiting(draftKey));

  useEffect(() => {
    queue.keep = (attachments) => {
      setDraft({ attachments });
    };
  }, [queue, setDraft]);
  useEffect(() => {
    queue.restore(draft.attachments);
  }, [queue, draft.attachments]);

  const problem = sendProblem({ text: draft.text, uploads, offer: channel.offer });
  return {
    draft,
    channel,
    people,
    queue,
    uploads,
    /** True from Send until the uploads it waits for have finished. */
    waiting,
    problem,
    write: (text: string) => {
      setDraft(channel.bind({ text }));
    },
    /** Null = it is on its way (or goes after the uploads); otherwise why not. */
    send: (complete: boolean): SendProblem | null => {
      if (problem !== null) return problem;
      sendAfterUploads(draftKey, queue, (attachments) => {
        // Empties the draft as soon as it has taken the message.
        outbox.send({
          conversationId: conversation.id,
          channel: channel.channel,
          text: draft.text.trim(),
          attachments,
          complete,
        });
        channel.sent();
        queue.clear();
      });
      return null;
    },
    doNotSendYet: () => {
      cancelWaiting(draftKey);
    },
  };
}

export type Reply = ReturnType<typeof useReply>;
