import { useState } from 'react';
import type { ThreadMessage } from '../data';
import { Button } from '../design';
import { useText } from '../i18n';
import { LinkedText } from './linked-text';
import { MailFrame } from './mail-frame';
import { addressed, MailNotes } from './mail-notes';
import css from './mail-card.module.css';
import { QuotedText } from './quoted-text';

type Email = NonNullable<ThreadMessage['email']>;

/** A mail as a letter: subject and people, its new part, and its formatting and what it quotes only when asked for. */
export function MailCard({ messageId, email, text }: { messageId: string; email: Email; text: string }) {
  const words = useText().thread;
  // A mail that says all it has to say in HTML has no text to show in its stead.
  const [formatted, setFormatted] = useState(email.hasHtml && text.trim() === '');
  const subject = email.subject === '' ? words.noSubject : email.subject;
  return (
    <div className={css.card}>
      <dl className={css.head}>
        <div>
          <dt>{words.subject}</dt>
          <dd dir="auto">{subject}</dd>
        </div>
        {email.source !== 'OUTBOUND' && (
          <div>
            <dt>{words.from}</dt>
            <dd>{addressed(email.from)}</dd>
          </div>
        )}
        {email.to.length > 0 && (
          <div>
            <dt>{words.to}</dt>
            <dd>{email.to.map(addressed).join(', ')}</dd>
          </div>
        )}
        {email.cc.length > 0 && (
          <div>
            <dt>{words.copyTo}</dt>
            <dd>{email.cc.map(addressed).join(', ')}</dd>
          </div>
        )}
      </dl>
      <MailNotes email={email} />
      {email.forwardComment !== null && email.forwardComment !== '' && (
        <div className={css.comment}>
          <LinkedText text={email.forwardComment} />
        </div>
      )}
      {formatted ? <MailFrame messageId={messageId} subject={subject} /> : <LinkedText text={text} />}
      {email.hasQuotedText && !formatted && <QuotedText messageId={messageId} />}
      {(email.hasHtml || email.originalUrl !== null) && (
        <div className={css.ways}>
          {email.hasHtml && (
            <Button
              variant="quiet"
              size="small"
              icon="eye"
              aria-pressed={formatted}
              onClick={() => setFormatted(!formatted)}
            >
              {formatted ? words.showText : words.showFormatted}
            </Button>
          )}
          {email.originalUrl !== null && (
            <a className={css.original} href={email.originalUrl} download>
              {words.downloadOriginal}
            </a>
          )}
        </div>
      )}
    </div>
  );
}
