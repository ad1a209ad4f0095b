import type { AgentRole } from '../generated/documents';

/** Who is signed in, as the server says. */
export interface SignedInAgent {
  id: string;
  displayName: string;
  email: string;
  role: AgentRole;
}

export type SessionAnswer =
  | { kind: 'signed-in'; agent: SignedInAgent }
  | { kind: 'signed-out' }
  /** The server did not answer, or is not ready. */
  | { kind: 'unreachable' };

export type SignInAnswer =
  | { kind: 'signed-in'; agent: SignedInAgent }
  | { kind: 'wrong' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'busy' }
  | { kind: 'unreachable' };

export type JoinAnswer =
  | { kind: 'joined' }
  | { kind: 'weak-password' }
  | { kind: 'invalid-name' }
  | { kind: 'ended' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'unreachable' };

const WAITS = 10_000;

interface Answer {
  status: number;
  ok: boolean;
  headers: Headers;
  /** Undefined when it is no JSON. */
  content: unknown;
}

/**
 * Null when no answer came. Reads it to its end: an answer that nobody reads keeps one of the browser's few connections until its
 * time is over.
 */
async function call(path: string, body?: object): Promise<Answer | null> {
  try {
    const answer = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(WAITS),
      cache: 'no-store',
    });
    const { status, ok, headers } = answer;
    return { status, ok, headers, content: parsed(await answer.text()) };
  } catch (error) {
    // fetch says "no connection" with a TypeError and "too late" with a DOMException.
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A proxy's page: the status says what is wrong.
    return undefined;
  }
}

const waitOf = ({ headers }: Answer): { kind: 'wait'; seconds: number } => ({
  kind: 'wait',
  seconds: Number(headers.get('retry-after') ?? '60') || 60,
});

export async function readSession(): Promise<SessionAnswer> {
  const answer = await call('/auth/session');
  if (answer?.status === 401) return { kind: 'signed-out' };
  if (answer?.ok !== true || answer.content === undefined) return { kind: 'unreachable' };
  const { agent } = answer.content as { agent: SignedInAgent };
  return { kind: 'signed-in', agent };
}

export async function signIn(email: string, password: string): Promise<SignInAnswer> {
  const answer = await call('/auth/login', { email, password });
  if (answer === null) return { kind: 'unreachable' };
  if (answer.status === 401 || answer.status === 400) return { kind: 'wrong' };
  if (answer.status === 429) return waitOf(answer);
  if (answer.status === 503) return { kind: 'busy' };
  if (!answer.ok) return { kind: 'unreachable' };
  const session = await readSession();
  return session.kind === 'signed-in' ? session : { kind: 'unreachable' };
}

/** True when the session is over. */
export async function signOut(): Promise<boolean> {
  const answer = await call('/auth/logout', {});
  return answer?.ok === true || answer?.status === 401;
}

export async function takeInvitation(token: string, displayName: string, password: string): Promise<JoinAnswer> {
  const answer = await call('/auth/invitation', { token, displayName, password });
  if (answer === null) return { kind: 'unreachable' };
  if (answer.ok) return { kind: 'joined' };
  if (answer.status === 410) return { kind: 'ended' };
  if (answer.status === 429) return waitOf(answer);
  if (answer.status === 400) {
    const refusal = answer.content as { error?: { code?: string }; code?: string } | undefined;
    const reason = refusal?.error?.code ?? refusal?.code;
    if (reason === 'WEAK_PASSWORD') return { kind: 'weak-password' };
    // A token that the server cannot even read is a link that was cut off.
    return { kind: reason === 'INVALID_NAME' ? 'invalid-name' : 'ended' };
  }
  return { kind: 'unreachable' };
}
