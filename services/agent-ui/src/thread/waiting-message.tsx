import { memo } from 'react';
import { outbox, type PendingMessage, type ReplyOption, useConnection, useDraft } from '../data';
import { Button } from '../design';
import { focusPane } from '../inbox/pane-focus';
import { useText } from '../i18n';
import { Attachments } from './attachments';
import { Bubble } from './bubble';
import { backInto } from './draft-again';
import { pendingText } from './delivery-text';
import { LinkedText } from './linked-text';
import { MessageLabel } from './message-label';

interface Props {
  pending: PendingMessage;
  follows: boolean;
  replyOptions: readonly ReplyOption[] | null;
}

/** An answer that is not known to be stored: it waits, goes out, or was refused and shows the ways out. */
export const WaitingMessage = memo(function WaitingMessage({ pending, follows, replyOptions }: Props) {
  const text = useText().thread;
  const connected = useConnection() === 'live';
  const refused = pending.state === 'refused';
  const shown = pending.shownText ?? pending.text;
  return (
    <Bubble
      side="out"
      follows={follows}
      files={<Attachments files={pending.attachments} />}
      label={
        <MessageLabel
          channel={pending.channel}
          who={text.you}
          at={pending.createdAt}
          state={pendingText(pending, connected, text)}
          failed={refused}
        >
          {refused && <WaysOut pending={pending} replyOptions={replyOptions} />}
        </MessageLabel>
      }
    >
      {shown === '' ? undefined : <LinkedText text={shown} />}
    </Bubble>
  );
});

function WaysOut({ pending, replyOptions }: Omit<Props, 'follows'>) {
  const text = useText().thread;
  const [draft, changeDraft] = useDraft(pending.conversationId);
  const { clientMessageId, channel } = pending;
  const others = (replyOptions ?? []).filter((option) => option.available && option.channel !== channel);
  const edit = () => {
    const taken = outbox.discard(clientMessageId);
    if (taken === undefined) return;
    changeDraft(backInto(draft, taken));
    focusPane('composer');
  };
  return (
    <>
      <Button size="small" onClick={() => outbox.retry(clientMessageId)}>
        {text.tryAgain}
      </Button>
      {others.map((option) => (
        <Button key={option.channel} size="small" onClick={() => outbox.changeChannel(clientMessageId, option.channel)}>
          {text.sendBy[option.channel]}
        </Button>
      ))}
      <Button size="small" onClick={edit}>
        {text.edit}
      </Button>
    </>
  );
}
