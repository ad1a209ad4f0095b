import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { loadLazyCode, Toasts, TooltipLayer } from '../design';
import { useText } from '../i18n';
import { useInboundAlerts } from '../settings/inbound-alerts';
import { ConnectionBanner } from './connection-banner';
import { ErrorBoundary } from './error-boundary';
import { InboxPage } from './inbox-page';
import { NavigationRail } from './navigation-rail';
import { PageLoading } from './page-loading';
import { NotFound } from './not-found';
import { ShortcutHelp } from './shortcut-help';
import { listenForShortcuts, useShortcut } from './shortcuts';
import css from './shell.module.css';
import { usePageTitle } from './page-title';
import { cacheLaterCode } from './page-version';

/** Milliseconds after which the first screen stands, and what it did without is loaded. */
const SETTLED = 3_000;
const TRY_AGAIN = 30_000;

const SavedResponsesPage = lazy(() => import('../saved-responses'));
const AgentsPage = lazy(() => import('../settings/agents-page'));
const SettingsPage = lazy(() => import('../settings/settings-page'));

/** The frame around every page: navigation, connection state, shortcuts, announcements. */
export function Shell() {
  const text = useText().navigation;
  const [path] = useLocation();
  const page = path.split('/')[1] ?? '';
  const main = useRef<HTMLElement>(null);
  const [helpIsOpen, setHelpIsOpen] = useState(false);
  usePageTitle(page);
  useInboundAlerts();
  useEffect(listenForShortcuts, []);
  useEffect(() => {
    let left = false;
    const load = async () => {
      if (await cacheLaterCode()) loadLazyCode();
      else if (!left) timer = setTimeout(() => void load(), TRY_AGAIN);
    };
    let timer = setTimeout(() => void load(), SETTLED);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, []);
  useShortcut('help', () => setHelpIsOpen(true));

  // A new page is read from its beginning; the first one keeps the browser's own start.
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    main.current?.focus();
  }, [page]);

  return (
    <div className={css.shell}>
      <a
        className={css.skip}
        href="#page"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {text.skip}
      </a>
      <NavigationRail page={page} />
      <main className={css.main} id="page" ref={main} tabIndex={-1}>
        <ConnectionBanner />
        <div className={css.page}>
          <ErrorBoundary resetKey={page}>
            <Suspense fallback={<PageLoading />}>
              <Switch>
                <Route path="/inbox/:conversationId?">
                  {({ conversationId }) => <InboxPage conversationId={conversationId ?? null} />}
                </Route>
                <Route path="/saved-responses">
                  <SavedResponsesPage />
                </Route>
                <Route path="/agents">
                  <AgentsPage />
                </Route>
                <Route path="/settings/:section?">{({ section }) => <SettingsPage section={section ?? null} />}</Route>
                <Route>
                  <NotFound />
                </Route>
              </Switch>
            </Suspense>
          </ErrorBoundary>
        </div>
      </main>
      <ShortcutHelp open={helpIsOpen} onClose={() => setHelpIsOpen(false)} />
      <Toasts />
      <TooltipLayer />
    </div>
  );
}
