import type { ReactNode } from 'react';
import type { ThreadMessage } from '../data';
import { useText } from '../i18n';
import { LinkedText } from './linked-text';
import css from './messenger-text.module.css';

type Details = NonNullable<ThreadMessage['messenger']>;

/** What a Messenger message says; never an empty bubble, whatever became of it. */
export function messengerText(text: string, details: Details): ReactNode {
  if (details.unsent) return <Aside what="unsent" />;
  if (details.unsupported) return <Aside what="unsupported" />;
  if (details.media === 'PENDING') return text === '' ? <Aside what="mediaPending" /> : <LinkedText text={text} />;
  if (details.media === 'FAILED')
    return (
      <>
        {text !== '' && <LinkedText text={text} />}
        <Aside what="mediaFailed" />
      </>
    );
  return text === '' ? undefined : <LinkedText text={text} />;
}

function Aside({ what }: { what: 'unsent' | 'unsupported' | 'mediaPending' | 'mediaFailed' }) {
  return <p className={css.aside}>{useText().thread.messenger[what]}</p>;
}

/** The person's reaction, at the corner of what it is about. */
export function Reaction({ emoji }: { emoji: string }) {
  const words = useText().thread.messenger;
  return (
    <span className={css.reaction} role="img" aria-label={words.reaction(emoji)} title={words.reaction(emoji)}>
      {emoji}
    </span>
  );
}
