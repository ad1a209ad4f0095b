import { z } from 'zod';
import type { Mailbox } from './inbound-settings';

const TokenAnswer = z.object({ access_token: z.string().min(1) });
const LIMIT_MS = 10_000;

type Login = { user: string; pass: string } | { user: string; accessToken: string };

/** What the mailbox is opened with; a refresh token is turned into an access token each time. */
export async function loginOf({ user, password, accessToken, oauth }: Mailbox): Promise<Login> {
  if (password !== undefined) return { user, pass: password };
  if (accessToken !== undefined) return { user, accessToken };
  if (oauth === undefined) throw new Error('the mailbox has no password');
  const response = await fetch(oauth.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: oauth.clientId,
      refresh_token: oauth.refreshToken,
      ...(oauth.clientSecret === undefined ? {} : { client_secret: oauth.clientSecret }),
      ...(oauth.scope === undefined ? {} : { scope: oauth.scope }),
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  if (!response.ok) throw new Error(`the token server refused the refresh token (${response.status})`);
  return { user, accessToken: TokenAnswer.parse(await response.json()).access_token };
}
