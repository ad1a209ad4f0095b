import { useRef, useState } from 'preact/hooks';
import type { MessageView } from '../src/views';
import type { Language, Text } from './text';

const REACTIONS = ['❤\ufe0f', '😆', '😮', '😢', '😠', '👍'];

interface Props {
  text: Text;
  language: Language;
  message: MessageView;
  pageName: string;
  startsGroup: boolean;
  react: (emoji: string | null) => void;
  edit: () => void;
  unsend: () => void;
}

export function Bubble({ text, language, message, pageName, startsGroup, react, edit, unsend }: Props) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const isOwn = message.from === 'person';
  const close = (work: () => void) => () => {
    setOpen(false);
    opener.current?.focus();
    work();
  };
  const time = new Date(message.sentAt).toLocaleString(language, {
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  return (
    <article
      class={isOwn ? 'row own' : 'row'}
      onKeyDown={({ key }) => {
        if (key === 'Escape' && isOpen) close(() => undefined)();
      }}
    >
      {startsGroup && (
        <p class="stamp">
          {isOwn ? text.you : pageName} · {time}
        </p>
      )}
      {message.unsent ? (
        <p class="bubble unsent">{text.unsent}</p>
      ) : (
        <div class="line">
          <div class="bubble">
            {message.attachments.map((one, index) => (
              <AttachmentView key={index} {...{ text }} attachment={one} />
            ))}
            {message.text !== '' && <p>{message.text}</p>}
            {message.reaction !== null && <span class="reaction">{message.reaction}</span>}
          </div>
          <button
            ref={opener}
            type="button"
            class="dots"
            aria-expanded={isOpen}
            aria-label={text.actions(message.text.slice(0, 40) || text.file)}
            onClick={() => setOpen(!isOpen)}
          >
            ⋯
          </button>
        </div>
      )}
      {isOpen && !message.unsent && (
        <div class="actions">
          {REACTIONS.map((emoji) => (
            <button
              key={emoji}
              type="button"
              class="emoji"
              aria-label={text.react(emoji)}
              onClick={close(() => react(emoji))}
            >
              {emoji}
            </button>
          ))}
          {message.reaction !== null && (
            <button type="button" onClick={close(() => react(null))}>
              {text.takeBack}
            </button>
          )}
          {isOwn && message.text !== '' && (
            <button type="button" onClick={close(edit)}>
              {text.edit}
            </button>
          )}
          {isOwn && (
            <button type="button" onClick={close(unsend)}>
              {text.unsend}
            </button>
          )}
        </div>
      )}
      <p class="marks">{marks(text, message)}</p>
    </article>
  );
}

function marks(text: Text, { from, edits, unsent, deliveredAt, readAt }: MessageView): string {
  const edited = edits > 0 && !unsent ? [text.edited] : [];
  if (from === 'person') return edited.join(' · ');
  return readAt !== null ? text.seen : deliveredAt !== null ? text.delivered : text.sent;
}

function AttachmentView({ text, attachment }: { text: Text; attachment: MessageView['attachments'][number] }) {
  if (attachment.kind === 'location') return <p>📍 {attachment.title}</p>;
  if (attachment.kind === 'share') return <p>🔗 {attachment.title}</p>;
  const name = attachment.fileName || text.file;
  if (attachment.type === 'image') return <img class="picture" src={attachment.url} alt={name} />;
  return (
    <a href={attachment.url} target="_blank" rel="noreferrer">
      📎 {name}
    </a>
  );
}
