import { memo } from 'react';
import { actions, type ThreadMessage } from '../data';
import { Button } from '../design';
import { useText } from '../i18n';
import { useViewer } from '../session';
import { Attachments } from './attachments';
import { Bubble } from './bubble';
import { deliveryText } from './delivery-text';
import { FormAnswers } from './form-answers';
import { LinkedText } from './linked-text';
import { MailCard } from './mail-card';
import { MessageLabel } from './message-label';
import { useReportRefusal } from './report-refusal';

interface Props {
  message: ThreadMessage;
  follows: boolean;
  /** "Read by Amélie, 13:34", under the newest message of the customer. */
  read: string | null;
}

export const StoredMessage = memo(function StoredMessage({ message, follows, read }: Props) {
  const text = useText().thread;
  const { agent } = useViewer();
  const report = useReportRefusal();
  const { author, direction, email, form, attachments, delivery } = message;
  const failed = delivery?.state === 'FAILED';
  const who =
    author.__typename === 'ChatbotAutomation'
      ? text.automation
      : author.id === agent.id
        ? text.you
        : author.displayName;
  return (
    <Bubble
      side={direction === 'INBOUND' ? 'in' : 'out'}
      card={email !== null}
      follows={follows}
      files={<Attachments files={attachments} />}
      label={
        <MessageLabel
          channel={message.channel}
          who={who}
          at={message.createdAt}
          state={read ?? deliveryText(message, text)}
          failed={failed}
        >
          {failed && delivery.retryable && agent.role !== 'VIEWER' && (
            <Button size="small" onClick={() => report(actions.retryStored(message.id))}>
              {text.tryAgain}
            </Button>
          )}
        </MessageLabel>
      }
    >
      {contentOf(message, email, form)}
    </Bubble>
  );
});

function contentOf({ id, text }: ThreadMessage, email: ThreadMessage['email'], form: ThreadMessage['form']) {
  if (email !== null) return <MailCard messageId={id} email={email} text={text} />;
  if (form !== null) return <FormAnswers form={form} />;
  return text === '' ? undefined : <LinkedText text={text} />;
}
