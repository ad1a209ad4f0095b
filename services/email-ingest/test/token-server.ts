import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { selfSigned } from '@conversations/testing';

/** An OAuth2 server for one user: access tokens for a refresh token (RFC 6749, 6), and whose a token is, for the mail server. */
export interface TokenServer {
  readonly tokenUrl: string;
  /** Whoever asks with a token behind it is told whose it is. */
  readonly tokenInfoUrl: string;
  /** The certificate of `tokenUrl`. */
  readonly certFile: string;
  readonly refreshToken: string;
  readonly clientSecret: string;
  /** Every access token that was given out. */
  readonly issued: readonly string[];
  /** One that nobody asked for. */
  issue(): string;
  /** No access token counts any more. */
  expire(): void;
  /** While false, the refresh token is refused. */
  isWilling: boolean;
  stop(): Promise<void>;
}

export async function startTokenServer(user: string): Promise<TokenServer> {
  const folder = mkdtempSync(join(tmpdir(), 'conversations-tokens-'));
  const { cert, key, certFile } = await selfSigned(folder);
  const random = () => randomBytes(18).toString('base64url');
  const [refreshToken, clientSecret] = [random(), random()];
  const issued: string[] = [];
  const valid = new Set<string>();
  const issue = () => {
    const token = random();
    issued.push(token);
    valid.add(token);
    return token;
  };
  const state = { isWilling: true };

  const giveToken = async (request: IncomingMessage, response: ServerResponse) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const right = { grant_type: 'refresh_token', client_id: 'conversations', refresh_token: refreshToken };
    const isRight = Object.entries({ ...right, client_secret: clientSecret }).every(([name, is]) => form[name] === is);
    const body =
      state.isWilling && isRight ? { access_token: issue(), token_type: 'Bearer' } : { error: 'invalid_grant' };
    response.writeHead('error' in body ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const tellOwner = (request: IncomingMessage, response: ServerResponse) => {
    const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('access_token') ?? '';
    if (valid.has(token)) response.setHeader('content-type', 'application/json').end(JSON.stringify({ user }));
    else response.writeHead(401).end();
  };
  const tokens = createTlsServer({ cert, key }, (request, response) => void giveToken(request, response));
  const owners = createServer(tellOwner);
  for (const server of [tokens, owners]) await once(server.listen(0, '127.0.0.1'), 'listening');
  const portOf = (server: typeof tokens | typeof owners) => (server.address() as AddressInfo).port;

  return {
    tokenUrl: `https://localhost:${portOf(tokens)}/token`,
    tokenInfoUrl: `http://127.0.0.1:${portOf(owners)}/owner?access_token=`,
    certFile,
    refreshToken,
    clientSecret,
    issued,
    issue,
    expire: () => valid.clear(),
    get isWilling() {
      return state.isWilling;
    },
    set isWilling(isWilling) {
      state.isWilling = isWilling;
    },
    async stop() {
      for (const server of [tokens, owners]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
