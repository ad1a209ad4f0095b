import { createContext, use, useCallback, useEffect, useEffectEvent, useMemo, useState, type ReactNode } from 'react';
import { startData } from '../data';
import { readSession, signOut, type SignedInAgent } from './account';
import { ServerUnreachable } from './server-unreachable';
import { SessionExpired } from './session-expired';
import { SignInPage } from './sign-in-page';

interface Viewer {
  agent: SignedInAgent;
  /** After the agent changed the own name. */
  rename(displayName: string): void;
  /** False: the server did not hear it, the session goes on. */
  signOut(): Promise<boolean>;
}

const ViewerContext = createContext<Viewer | null>(null);

/** Who is signed in. Every component below the session has one. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (viewer === null) throw new Error('useViewer needs a session around it');
  return viewer;
}

type State =
  | { kind: 'checking' }
  | { kind: 'unreachable' }
  | { kind: 'signed-out' }
  /** `expired`: everything stays on the screen under a dialog. `begun` counts sign-ins, so that data starts anew. */
  | { kind: 'signed-in'; agent: SignedInAgent; expired: boolean; begun: number };

/** All tabs share one cookie: what one does to the session, the others have to know. */
const TABS = 'conversations.session';
type TabNews = { agentId: string | null };
const tellTabs = (agentId: string | null): void => {
  const channel = new BroadcastChannel(TABS);
  channel.postMessage({ agentId } satisfies TabNews);
  channel.close();
};

/** Shows the sign-in page, or the app with its data running. An ended session leaves the app where it is. */
export function Session({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ kind: 'checking' });

  const check = useCallback(async () => {
    const answer = await readSession();
    setState(answer.kind === 'signed-in' ? { ...answer, expired: false, begun: 0 } : answer);
  }, []);
  useEffect(() => void check(), [check]);

  const enter = useCallback((agent: SignedInAgent) => {
    tellTabs(agent.id);
    setState((before) => {
      if (before.kind !== 'signed-in') return { kind: 'signed-in', agent, expired: false, begun: 0 };
      return { kind: 'signed-in', agent, expired: false, begun: before.begun + 1 };
    });
  }, []);
  const leave = useCallback(async () => {
    if (!(await signOut())) return false;
    tellTabs(null);
    setState({ kind: 'signed-out' });
    return true;
  }, []);

  const hearTab = useEffectEvent(({ agentId }: TabNews) => {
    if (state.kind === 'checking' || state.kind === 'unreachable') return;
    if (agentId === null) setState((now) => (now.kind === 'signed-in' ? { ...now, expired: true } : now));
    // Another person's session: nothing of this one may stay on the screen or go out under the other name.
    else if (state.kind === 'signed-in' && state.agent.id !== agentId) window.location.reload();
    else if (state.kind === 'signed-out') void check();
    else if (state.kind === 'signed-in' && state.expired)
      setState({ ...state, expired: false, begun: state.begun + 1 });
  });
  useEffect(() => {
    const channel = new BroadcastChannel(TABS);
    channel.onmessage = (event: MessageEvent<TabNews>) => hearTab(event.data);
    return () => channel.close();
  }, []);

  const agentId = state.kind === 'signed-in' ? state.agent.id : null;
  const begun = state.kind === 'signed-in' ? state.begun : 0;
  useEffect(() => {
    if (agentId === null) return;
    return startData({
      agentId,
      onSignedOut: () => setState((now) => (now.kind === 'signed-in' ? { ...now, expired: true } : now)),
    });
  }, [agentId, begun]);

  const agent = state.kind === 'signed-in' ? state.agent : null;
  const viewer = useMemo<Viewer | null>(
    () =>
      agent && {
        agent,
        rename: (displayName) =>
          setState((now) => (now.kind === 'signed-in' ? { ...now, agent: { ...now.agent, displayName } } : now)),
        signOut: leave,
      },
    [agent, leave],
  );

  if (state.kind === 'checking') return null;
  if (state.kind === 'unreachable') return <ServerUnreachable retry={check} />;
  if (viewer === null || state.kind === 'signed-out') return <SignInPage onSignedIn={enter} />;
  return (
    <ViewerContext value={viewer}>
      {children}
      <SessionExpired
        open={state.expired}
        agent={viewer.agent}
        onSignedIn={(again) => {
          if (again.id === viewer.agent.id) return enter(again);
          tellTabs(again.id);
          window.location.reload();
        }}
      />
    </ViewerContext>
  );
}
