import type { SignedIn } from './agent';

/** What the browser is told of its session; the cookie itself is out of its reach. */
export const shownSession = ({ agent: { id, email, displayName, role }, expiresAt }: SignedIn) => ({
  agent: { id, email, displayName, role },
  expiresAt: expiresAt.toISOString(),
});
