import { AnswerTable } from './answer-table';
import { AskedFormView } from './asked-form';
import { Attachments } from './attachments';
import { Avatar, BotAvatar } from './avatar';
import type { ChatSession } from './chat-session';
import { MailIcon } from './icons';
import type { Locale } from './i18n/locale';
import { MessageText } from './message-text';
import type { Unsent } from './outbox';
import type { Bubble } from './timeline';

interface BubbleProps {
  bubble: Bubble;
  session: ChatSession;
  locale: Locale;
  live: boolean;
  /** The gateway could not store the oldest unsent message, and this is it. */
  stuck: boolean;
  onRetry: () => void;
  onEdit: (unsent: Unsent) => void;
}

export function MessageBubble(props: BubbleProps) {
  const { bubble, locale, session } = props;
  const { text } = locale;
  if (bubble.author.kind === 'system') return <p class="note">{bubble.text}</p>;
  const own = bubble.author.kind === 'visitor';
  const bot = bubble.author.kind === 'bot';
  const name = own ? text.you : (bubble.author.name ?? (bot ? text.assistant : text.team));
  return (
    <div class={`message ${own ? 'own' : 'theirs'}${bubble.last ? ' last' : ''}`}>
      {!own && bubble.last && (bot ? <BotAvatar /> : <Avatar name={name} />)}
      <div class="bubble">
        <span class="hidden">
          <bdi>{name}</bdi>
          {bot && ` (${text.bot})`}:{' '}
        </span>
        {bubble.form !== null ? (
          <AnswerTable form={bubble.form} />
        ) : (
          bubble.text !== '' && (
            <div dir="auto">
              <MessageText text={bubble.text} />
            </div>
          )
        )}
        <Attachments
          attachments={bubble.attachments}
          session={session}
          locale={locale}
          stored={bubble.unsent === null}
        />
      </div>
      {bubble.asks !== null && (
        <AskedFormView
          key={bubble.asks.formId}
          asked={bubble.asks}
          session={session}
          locale={locale}
          live={props.live}
        />
      )}
      {(bubble.last || bubble.unsent !== null) && (
        <div class="meta">
          {!own && (
            <span aria-hidden="true">
              <bdi>{name}</bdi>
            </span>
          )}
          {bot && (
            <span class="bot" aria-hidden="true">
              {text.bot}
            </span>
          )}
          {bubble.byEmail && (
            <span class="email">
              <MailIcon />
              {text.byEmail}
            </span>
          )}
          {bubble.unsent === null ? (
            <time dateTime={bubble.at.toISOString()}>
              {bubble.at.toLocaleTimeString(locale.tag, { hour: 'numeric', minute: '2-digit' })}
            </time>
          ) : (
            <UnsentState {...props} unsent={bubble.unsent} />
          )}
          {bubble.seen && <span>{text.seen}</span>}
        </div>
      )}
    </div>
  );
}

type UnsentProps = BubbleProps & { unsent: Unsent };

function UnsentState({ unsent, locale: { text }, live, stuck, onRetry, onEdit }: UnsentProps) {
  if (unsent.refused !== undefined) {
    const edit = () => {
      onEdit(unsent);
    };
    return (
      <>
        <span class="danger">
          {{ too_long: text.tooLong, invalid: text.invalid, files: text.fileRefused }[unsent.refused]}
        </span>
        <button class="small" type="button" onClick={edit}>
          {text.edit}
        </button>
      </>
    );
  }
  if (stuck) {
    return (
      <>
        <span class="danger">{text.notSent}</span>
        <button class="small" type="button" onClick={onRetry}>
          {text.tryAgain}
        </button>
      </>
    );
  }
  return <span>{live ? text.sending : text.waiting}</span>;
}
