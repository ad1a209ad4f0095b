import { isNewerPageServed } from '../navigation/page-version';
import { AgentData } from './agent-data';
import { browserStorage } from './kept-storage';
import { Observed } from './observed';
import { isLookedAt, listenToPage } from './page-signals';
import { requests } from './request';
import { RequestError } from './request-error';
import { ownOrigin } from './transport';

interface Running {
  agentId: string;
  data: AgentData;
  onSignedOut: () => void;
  stop(): void;
}

export interface DataOptions {
  agentId: string;
  /** The session is over: ask to sign in, over the page. After it, call startData again: the same agent keeps everything. */
  onSignedOut: () => void;
}

/** The data of the agent who is signed in; null before and after. */
export const running = new Observed<AgentData | null>(null);
let current: Running | null = null;
let ending: ReturnType<typeof setTimeout> | null = null;

/** Called after sign-in. Gives how to stop; starting again at once for the same agent goes on with the same data. */
export function startData({ agentId, onSignedOut }: DataOptions): () => void {
  if (ending !== null) clearTimeout(ending);
  ending = null;
  if (current?.agentId === agentId) {
    current.onSignedOut = onSignedOut;
    current.data.signedIn();
  } else {
    end();
    current = begin(agentId, onSignedOut);
    running.set(current.data);
  }
  return () => {
    ending ??= setTimeout(end, 0);
  };
}

/** For actions: they are taken on screens that only a signed-in agent sees. */
export function runningData(): AgentData {
  const data = running.get();
  if (data === null) throw new RequestError('signed-out');
  return data;
}

function begin(agentId: string, onSignedOut: () => void): Running {
  const data = new AgentData({
    ...{ agentId, requests, isLookedAt, isNewerPageServed },
    transport: ownOrigin(),
    storage: browserStorage(agentId),
    // Missing where the page is not served securely.
    locks: (navigator as Partial<Navigator>).locks,
    isOnline: () => navigator.onLine,
    onSignedOut: () => begun.onSignedOut(),
  });
  const stopListening = listenToPage({
    onWake: () => data.wake(),
    onOffline: () => data.wake(),
    onHide: () => {
      void data.drafts.flush();
      void data.pageDrafts.flush();
    },
  });
  const begun: Running = {
    agentId,
    data,
    onSignedOut,
    stop: () => {
      stopListening();
      data.stop();
    },
  };
  return begun;
}

function end(): void {
  ending = null;
  running.set(null);
  current?.stop();
  current = null;
}
