import { useEffect, useState, useSyncExternalStore } from 'react';
import { type ConversationRow, outbox, useDraft, useThread } from '../data';
import { mayHaveTags, previewReply, type ReplyPreview, useReplyPreview } from '../reply-tags';
import { useViewer } from '../session';
import { type SendProblem, sendProblem } from './send-problem';
import { cancelWaiting, holdFor, isWaiting, sendAfterUploads, subscribeWaiting } from './send-after-uploads';
import { isRunning } from './upload-list';
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

  const [looks, lookAgain] = useState(0);
  // Names may come to be known while the agent writes: each change of the conversation asks again.
  const checked = useReplyPreview(conversation.id, draft.text, conversation.version + looks);
  const preview = mayHaveTags(draft.text) && checked?.text === draft.text ? checked.preview : null;
  /** What the channel would carry, as far as it is known. */
  const sentText = preview?.text ?? draft.text;
  const problem = sendProblem({ text: sentText, uploads, offer: channel.offer, tags: preview?.tags });

  const go = (complete: boolean, shown: ReplyPreview | null) => {
    const text = shown?.draft ?? draft.text;
    // The box holds what goes out, so that it leaves the box as a whole.
    if (text !== draft.text) setDraft(channel.bind({ text }));
    sendAfterUploads(draftKey, queue, (attachments) => {
      // Empties the draft as soon as it has taken the message.
      outbox.send({
        conversationId: conversation.id,
        channel: channel.channel,
        text: text.trim(),
        ...(shown !== null && { shownText: shown.text.trim() }),
        attachments,
        complete,
      });
      channel.sent();
      queue.clear();
    });
  };
  return {
    draft,
    channel,
    people,
    queue,
    uploads,
    /** True from Send until what it waits for is done: uploads, a look at its tags. */
    waiting,
    problem,
    checked,
    sentText,
    uploading: isRunning(uploads),
    write: (text: string) => {
      setDraft(channel.bind({ text }));
    },
    /** Null = it is on its way (or goes after uploads and a look at its tags, which may `refuse` it); otherwise why not. */
    send: (complete: boolean, refuse: (problem: SendProblem) => void): SendProblem | null => {
      if (problem === 'TAGS') lookAgain((count) => count + 1);
      if (problem !== null) return problem;
      if (!mayHaveTags(draft.text) || preview !== null) {
        go(complete, preview);
        return null;
      }
      const look = async () => {
        const asked = await holdFor(draftKey, previewReply(conversation.id, draft.text));
        if (asked === null) return;
        const found = sendProblem({
          ...asked.result,
          text: asked.result?.text ?? draft.text,
          uploads,
          offer: channel.offer,
        });
        if (found === null) go(complete, asked.result);
        else refuse(found);
      };
      void look();
      return null;
    },
    doNotSendYet: () => {
      cancelWaiting(draftKey);
    },
  };
}

export type Reply = ReturnType<typeof useReply>;
