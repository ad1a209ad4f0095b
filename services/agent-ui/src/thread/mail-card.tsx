import { useId, useState } from 'react';
import { request, type ThreadMessage } from '../data';
import { Button } from '../design';
import { MailBodyDocument } from '../generated/documents';
import { useText } from '../i18n';
import { LinkedText } from './linked-text';
import css from './mail-card.module.css';

type Email = NonNullable<ThreadMessage['email']>;

const addressed = ({ name, address }: Email['to'][number]) => (name === null ? address : `${name} <${address}>`);

/** A mail as a letter: subject and recipients, its new part, and what it quotes only when asked for. */
export function MailCard({ messageId, email, text }: { messageId: string; email: Email; text: string }) {
  const words = useText().thread;
  const source =
    email.source === 'FORWARDED' ? words.forwarded : email.source === 'CAMPAIGN_REPLY' ? words.campaignReply : null;
  return (
    <div className={css.card}>
      <dl className={css.head}>
        <div>
          <dt>{words.subject}</dt>
          <dd dir="auto">{email.subject === '' ? words.noSubject : email.subject}</dd>
        </div>
        <div>
          <dt>{words.to}</dt>
          <dd>{email.to.map(addressed).join(', ')}</dd>
        </div>
        {email.cc.length > 0 && (
          <div>
            <dt>{words.copyTo}</dt>
            <dd>{email.cc.map(addressed).join(', ')}</dd>
          </div>
        )}
      </dl>
      {source !== null && <p className={css.source}>{source}</p>}
      <LinkedText text={text} />
      {email.hasQuotedText && <QuotedText messageId={messageId} />}
    </div>
  );
}

function QuotedText({ messageId }: { messageId: string }) {
  const words = useText().thread;
  const id = useId();
  const [shown, setShown] = useState(false);
  const [quoted, setQuoted] = useState<string | null>(null);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const load = () => {
    setShown(true);
    if (quoted !== null) return;
    setState('loading');
    request(MailBodyDocument, { id: messageId, remoteImages: false }).then(
      ({ node }) => {
        setQuoted(node?.__typename === 'Message' ? (node.email?.quotedText ?? '') : '');
        setState('idle');
      },
      () => setState('failed'),
    );
  };
  return (
    <div className={css.quoted}>
      <Button
        variant="quiet"
        size="small"
        icon={shown ? 'chevron-down' : 'chevron-right'}
        aria-expanded={shown}
        aria-controls={id}
        busy={state === 'loading'}
        onClick={shown ? () => setShown(false) : load}
      >
        {shown ? words.hideQuoted : words.showQuoted}
      </Button>
      <div id={id} hidden={!shown}>
        {state === 'failed' && (
          <p className={css.failed} role="alert">
            {words.failed}{' '}
            <Button size="small" onClick={load}>
              {words.tryAgain}
            </Button>
          </p>
        )}
        {quoted !== null && <LinkedText text={quoted} />}
      </div>
    </div>
  );
}
