import type { ThreadView, WorldView } from '../src/views';

/** The control API of the simulator. The message of an error is shown. */
export async function call<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T> {
  const response = await fetch(`/simulator${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(messageOf(answer) ?? `HTTP ${response.status}`);
  // The simulator's own answer; both sides are of one build.
  return answer as T;
}

const messageOf = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : undefined;

export const readWorld = () => call<WorldView>('GET', '/state');
export const readThread = (psid: string) => call<ThreadView>('GET', `/people/${psid}/thread`);

/** Calls now, and after each change; answers with a function that ends it. */
export function follow(changed: () => void, alive: (isAlive: boolean) => void): () => void {
  const events = new EventSource('/simulator/events');
  let waiting: number | undefined;
  events.addEventListener('open', () => alive(true));
  events.addEventListener('error', () => alive(false));
  events.addEventListener('message', () => {
    if (waiting !== undefined) return;
    waiting = window.setTimeout(() => {
      waiting = undefined;
      changed();
    }, 50);
  });
  return () => {
    clearTimeout(waiting);
    events.close();
  };
}
