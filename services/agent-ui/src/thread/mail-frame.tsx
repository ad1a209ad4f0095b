import { useEffect, useRef, useState } from 'react';
import { Button } from '../design';
import { useText } from '../i18n';
import css from './mail-card.module.css';

/** A mail longer than this scrolls in its frame, CSS pixels. */
const TALLEST = 6_000;

/**
 * The mail as its sender laid it out. Its page has a policy of its own: nothing runs in it, and nothing is fetched from elsewhere before
 * the agent asks for it. The sandbox keeps the origin only so that its height can be read.
 */
export function MailFrame({ messageId, subject }: { messageId: string; subject: string }) {
  const words = useText().thread;
  const frame = useRef<HTMLIFrameElement>(null);
  const watch = useRef<ResizeObserver | null>(null);
  const [height, setHeight] = useState<number | null>(null);
  const [remote, setRemote] = useState<{ waiting: number; shown: boolean }>({ waiting: 0, shown: false });
  useEffect(() => () => watch.current?.disconnect(), []);

  const loaded = () => {
    const page = frame.current?.contentDocument;
    if (page?.body == null) return;
    const waiting = page.querySelectorAll('img[data-remote-src]').length;
    setRemote(({ shown }) => ({ waiting, shown }));
    const measure = () => setHeight(Math.min(page.documentElement.offsetHeight, TALLEST));
    measure();
    watch.current?.disconnect();
    watch.current = new ResizeObserver(measure);
    watch.current.observe(page.body);
  };
  return (
    <div className={css.formatted}>
      {remote.waiting > 0 && (
        <p className={css.remote}>
          {words.imagesHeld(remote.waiting)}{' '}
          <Button size="small" onClick={() => setRemote({ waiting: 0, shown: true })}>
            {words.showImages}
          </Button>
        </p>
      )}
      <iframe
        ref={frame}
        className={css.frame}
        title={words.mailFrame(subject)}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        src={`/mails/${encodeURIComponent(messageId)}${remote.shown ? '?remoteImages=true' : ''}`}
        style={height === null ? undefined : { height }}
        onLoad={loaded}
      />
    </div>
  );
}
