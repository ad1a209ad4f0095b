import { Avatar } from './avatar';
import { MailIcon } from './icons';
import type { Locale } from './i18n/locale';
import { MessageText } from './message-text';
import type { Bubble } from './timeline';

interface BubbleProps {
  bubble: Bubble;
  locale: Locale;
  live: boolean;
  /** The gateway could not store the oldest unsent message, and this is it. */
  stuck: boolean;
  onRetry: () => void;
  onEdit: (clientId: string, text: string) => void;
}

export function MessageBubble(props: BubbleProps) {
  const { bubble, locale } = props;
  const { text } = locale;
  if (bubble.author.kind === 'system') return <p class="note">{bubble.text}</p>;
  const own = bubble.author.kind === 'visitor';
  const name = own ? text.you : (bubble.author.name ?? (bubble.author.kind === 'bot' ? text.assistant : text.team));
  return (
    <div class={`message ${own ? 'own' : 'theirs'}${bubble.last ? ' last' : ''}`}>
      {!own && bubble.last && <Avatar name={name} />}
      <div class="bubble">
        <span class="hidden">
          <bdi>{name}</bdi>:{' '}
        </span>
        <div dir="auto">
          <MessageText text={bubble.text} />
        </div>
      </div>
      {(bubble.last || bubble.unsent !== null) && (
        <div class="meta">
          {!own && (
            <span aria-hidden="true">
              <bdi>{name}</bdi>
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

type UnsentProps = BubbleProps & { unsent: NonNullable<Bubble['unsent']> };

function UnsentState({ unsent, locale: { text }, live, stuck, onRetry, onEdit }: UnsentProps) {
  if (unsent.refused !== undefined) {
    const edit = () => {
      onEdit(unsent.clientId, unsent.text);
    };
    return (
      <>
        <span class="danger">{unsent.refused === 'too_long' ? text.tooLong : text.invalid}</span>
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
