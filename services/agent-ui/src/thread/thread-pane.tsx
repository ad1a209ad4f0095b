import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { actions, useConversation, useConversationPage, useThread } from '../data';
import { Composer } from '../composer';
import { Banner, Button, ButtonLink, EmptyState, Skeleton } from '../design';
import { addressOf, filterOf } from '../inbox/filter-address';
import { useViewer } from '../session';
import { focusPane, usePaneFocus } from '../inbox/pane-focus';
import { useKnownAs, useText } from '../i18n';
import { usePaneLayout, useShortcut } from '../navigation';
import { ThreadLog } from './thread-log';
import css from './thread-pane.module.css';
import { TopBar } from './top-bar';

/** One open conversation: its top bar, its messages and the composer. */
export function ThreadPane({ conversationId: id }: { conversationId: string }) {
  const { thread: text } = useText();
  const knownAs = useKnownAs();
  const conversation = useConversation(id);
  const page = useConversationPage(id);
  const thread = useThread(id);
  const query = useSearch();
  const [, navigate] = useLocation();
  const pane = useRef<HTMLElement>(null);
  const composer = useRef<HTMLDivElement>(null);

  useEffect(() => {
    actions.viewing(id, false);
    return () => actions.viewing(null, false);
  }, [id]);
  usePaneFocus('thread', () => focusLogOf(pane.current));
  // Whoever opened the thread before it was loaded waits with the focus in front of it.
  useEffect(() => {
    if (thread.state === 'ready' && document.activeElement === pane.current) focusLogOf(pane.current);
  }, [thread.state]);
  const { agent: viewer } = useViewer();
  usePaneFocus('composer', () => composer.current?.querySelector('textarea')?.focus());
  useShortcut('open', () => focusPane('composer'));

  if (page.state === 'missing' || thread.state === 'missing')
    return (
      <section className={css.pane} ref={pane} tabIndex={-1} aria-label={text.unknown} data-missing>
        <EmptyState icon="search" title={text.unknown} action={<ButtonLink href="/inbox">{text.toInbox}</ButtonLink>}>
          {text.unknownHint}
        </EmptyState>
      </section>
    );
  if (conversation === undefined)
    return (
      <section className={css.pane} ref={pane} tabIndex={-1} aria-label={text.loading}>
        {page.state === 'failed' ? <Failed isPage retry={() => page.retry()} /> : <Loading withBar />}
      </section>
    );
  return (
    <section className={css.pane} ref={pane} tabIndex={-1} aria-label={knownAs(conversation.title)}>
      <TopBar
        conversation={conversation}
        agentActivity={thread.agentActivity}
        people={thread.people}
        onBack={() => navigate(addressOf(null, filterOf(query, viewer.id)))}
      />
      {thread.state === 'failed' && <Failed retry={() => thread.retry()} />}
      {thread.state === 'loading' && <Loading />}
      {thread.state === 'ready' && <ThreadLog key={id} conversation={conversation} thread={thread} />}
      <div className={css.composer} ref={composer} data-pane="composer">
        <Composer key={id} conversationId={id} />
      </div>
    </section>
  );
}

function focusLogOf(pane: HTMLElement | null): void {
  (pane?.querySelector<HTMLElement>('[role=log]') ?? pane)?.focus({ preventScroll: true });
}

function Failed({ isPage = false, retry }: { isPage?: boolean; retry: () => void }) {
  const text = useText().thread;
  // Where the thread stands alone and nothing is known of it, this is the page's heading.
  const layout = usePaneLayout();
  const Words = isPage && layout === 'narrow' ? 'h1' : 'span';
  return (
    <div className={css.rest}>
      <Banner
        tone="danger"
        action={
          <Button size="small" onClick={retry}>
            {text.tryAgain}
          </Button>
        }
      >
        <Words style={{ font: 'inherit' }}>{text.failed}</Words>
      </Banner>
    </div>
  );
}

/** Bubbles that are on their way, at the places where they will stand. */
function Loading({ withBar = false }: { withBar?: boolean }) {
  const text = useText().thread;
  // Where the thread stands alone its name is the page's heading; until it is known this is.
  const layout = usePaneLayout();
  const Words = withBar && layout === 'narrow' ? 'h1' : 'span';
  return (
    <>
      {withBar && (
        <div className={css.bar}>
          <Skeleton width="160px" />
        </div>
      )}
      <div className={css.rest} role="status">
        <Words className="only-read">{text.loading}</Words>
        <div className={css.bubbles}>
          <Skeleton width="52%" height={36} />
          <Skeleton width="20%" />
          <Skeleton width="44%" height={56} />
          <Skeleton width="16%" />
        </div>
      </div>
    </>
  );
}
