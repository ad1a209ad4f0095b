import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { MessengerPage } from '../pages/messenger-config';
import { Pages } from '../pages/pages';
import { classOfCodes, classOfNetworkError, classOfStatus, GraphFailure } from './graph-failure';
import { backoffOf } from './usage';

const Refusal = z.looseObject({
  error: z.looseObject({
    code: z.number(),
    error_subcode: z.number().optional().catch(undefined),
    message: z.string().catch(''),
  }),
});

export interface GraphAnswer {
  json: unknown;
  /** What the usage headers ask for, ms. */
  backoffMs: number;
}

/** Meta's Graph API, for one page at a time. The token goes into a header, never into an address or an error. */
@Injectable()
export class Graph {
  constructor(private readonly pages: Pages) {}

  get(page: MessengerPage, path: string, query: Record<string, string> = {}): Promise<GraphAnswer> {
    return this.ask(page, path, query, { method: 'GET' });
  }

  /** Sends JSON, or a form where there is a file. */
  post(page: MessengerPage, path: string, body: Record<string, unknown> | FormData): Promise<GraphAnswer> {
    if (body instanceof FormData) return this.ask(page, path, {}, { method: 'POST', body });
    return this.ask(
      page,
      path,
      {},
      { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
    );
  }

  /** Throws {@link GraphFailure}. */
  private async ask(
    page: MessengerPage,
    path: string,
    query: Record<string, string>,
    { headers, ...request }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
  ): Promise<GraphAnswer> {
    const { baseUrl, version, timeoutSeconds } = this.pages.graph;
    const url = new URL(`${baseUrl.replace(/\/$/, '')}/${version}/${path}`);
    for (const [name, value] of Object.entries({ ...query, appsecret_proof: proofOf(page) })) {
      url.searchParams.set(name, value);
    }
    try {
      const response = await fetch(url, {
        ...request,
        headers: { ...headers, authorization: `Bearer ${page.token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutSeconds * 1_000),
      });
      return read(response, await response.text());
    } catch (error) {
      if (error instanceof GraphFailure) throw error;
      throw new GraphFailure(classOfNetworkError(error), 'No answer from Facebook', {}, { cause: error });
    }
  }
}

/** Source: Meta, "Secure Graph API Calls". */
const proofOf = ({ token, app }: MessengerPage): string =>
  createHmac('sha256', app.secrets[0] ?? '')
    .update(token)
    .digest('hex');

function read(response: Response, text: string): GraphAnswer {
  const { status } = response;
  const json = jsonOf(text);
  const backoffMs = backoffOf(response.headers);
  const refused = Refusal.safeParse(json).data?.error;
  if (refused) {
    const { code, error_subcode: subcode, message } = refused;
    throw new GraphFailure(classOfCodes(code, subcode), message, { status, code, subcode, backoffMs });
  }
  if (!response.ok) throw new GraphFailure(classOfStatus(status), `Facebook answered ${status}`, { status, backoffMs });
  if (json === undefined) throw new GraphFailure('UNKNOWN', 'Facebook answered with something else', { status });
  return { json, backoffMs };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
