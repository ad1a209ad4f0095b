import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { ErrorBoundary } from './navigation/error-boundary';
import { PageLoading } from './navigation/page-loading';
import { Shell } from './navigation/shell';
import { Session } from './session';

const JoinPage = lazy(() => import('./session/join-page'));

/** Everything but the invitation page needs a session. */
export function App() {
  return (
    <ErrorBoundary>
      <Suspense fallback={<PageLoading />}>
        <Switch>
          <Route path="/join">
            <JoinPage />
          </Route>
          <Route path="/">
            <Redirect to="/inbox" replace />
          </Route>
          <Route>
            <Session>
              <Shell />
            </Session>
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}
