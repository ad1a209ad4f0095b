import { memo } from 'react';
import { actions, type ThreadMessage } from '../data';
import { Button } from '../design';
import { useKnownAs, useText } from '../i18n';
import { useViewer } from '../session';
import { Attachments } from './attachments';
import { Bubble } from './bubble';
import { deliveryText } from './delivery-text';
import { FormAnswers } from './form-answers';
import { LinkedText } from './linked-text';
import { MailCard } from './mail-card';
import { MessageLabel } from './message-label';
import { messengerText, Reaction } from './messenger-text';
import { useReportRefusal } from './report-refusal';

interface Props {
  message: ThreadMessage;
  follows: boolean;
  /** "Read by Amélie, 13:34", under the newest message of the customer. */
  read: string | null;
}

export const StoredMessage = memo(function StoredMessage({ message, follows, read }: Props) {
  const text = useText().thread;
  const knownAs = useKnownAs();
  const { agent } = useViewer();
  const report = useReportRefusal();
  const { author, direction, email, attachments, delivery } = message;
  const failed = delivery?.state === 'FAILED';
  const messenger = message.messenger;
  const reaction = messenger?.reaction ?? null;
  const who =
    author.__typename === 'ChatbotAutomation'
      ? messenger?.external === true
        ? text.messenger.page
        : text.bot(author.botName)
      : author.id === agent.id
        ? text.you
        : knownAs(author.displayName);
  return (
    <Bubble
      side={direction === 'INBOUND' ? 'in' : 'out'}
      card={email !== null}
      follows={follows}
      files={<Attachments files={attachments.filter(({ inline }) => !inline)} />}
      mark={reaction !== null && <Reaction emoji={reaction} />}
      label={
        <MessageLabel
          channel={message.channel}
          who={who}
          at={message.createdAt}
          state={read ?? stateText(message, text)}
          failed={failed}
        >
          {delivery?.retryable === true && agent.role !== 'VIEWER' && (
            <Button size="small" onClick={() => report(actions.retryStored(message.id))}>
              {text.tryAgain}
            </Button>
          )}
        </MessageLabel>
      }
    >
      {contentOf(message)}
    </Bubble>
  );
});

/** How far an answer came, and what became of the message since. */
function stateText(message: ThreadMessage, text: ReturnType<typeof useText>['thread']): string | null {
  const { messenger } = message;
  const parts = [
    messenger?.external === true ? text.messenger.external : deliveryText(message, text),
    messenger?.edited === true ? text.messenger.edited : null,
  ];
  return parts.filter((part) => part !== null).join(' · ') || null;
}

function contentOf({ id, text, email, form, messenger }: ThreadMessage) {
  if (email !== null) return <MailCard messageId={id} email={email} text={text} />;
  if (form !== null) return <FormAnswers form={form} />;
  if (messenger !== null) return messengerText(text, messenger);
  return text === '' ? undefined : <LinkedText text={text} />;
}
