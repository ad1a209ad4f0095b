import { useId, useState } from 'react';
import { request } from '../data';
import { Button } from '../design';
import { QuotedTextDocument } from '../generated/documents';
import { useText } from '../i18n';
import { LinkedText } from './linked-text';
import css from './mail-card.module.css';

/** What a mail quotes: folded, and asked for only when somebody wants to see it. */
export function QuotedText({ messageId }: { messageId: string }) {
  const words = useText().thread;
  const id = useId();
  const [shown, setShown] = useState(false);
  const [quoted, setQuoted] = useState<string | null>(null);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const load = () => {
    setShown(true);
    if (quoted !== null) return;
    setState('loading');
    request(QuotedTextDocument, { id: messageId }).then(
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
