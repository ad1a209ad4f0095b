import type { TypedDocumentString } from '../generated/documents';
import { RequestError, type RequestErrorKind } from './request-error';
import { ownOrigin, type Transport } from './transport';

export interface RequestOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** A field that could not be answered, beside data that could. */
export interface FieldError {
  path: readonly (string | number)[];
  error: RequestError;
}

interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; retryAfterMs?: number; service?: string };
}

const KINDS: Record<string, RequestErrorKind> = {
  UNAUTHENTICATED: 'signed-out',
  FORBIDDEN: 'forbidden',
  BAD_USER_INPUT: 'refused',
  QUERY_TOO_COMPLEX: 'refused',
  PERSISTED_DOCUMENT_REQUIRED: 'refused',
  RATE_LIMITED: 'rate-limited',
  UPSTREAM_TIMEOUT: 'timeout',
  UPSTREAM_UNAVAILABLE: 'unavailable',
};

function kindOfStatus(status: number): RequestErrorKind {
  if (status === 401) return 'signed-out';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'rate-limited';
  if (status === 408 || status === 504) return 'timeout';
  // 404: a gateway that is being replaced, or a proxy that has none behind it.
  if (status === 404 || status === 502 || status === 503) return 'unavailable';
  return status < 500 ? 'refused' : 'internal';
}

/** Seconds or a date, as RFC 9110 has it. */
export function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const at = /^\d+$/.test(header) ? now + Number(header) * 1_000 : Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function errorOf({ message, extensions = {} }: GraphqlError, retryAfterMs?: number): RequestError {
  const kind = KINDS[extensions.code ?? ''] ?? 'internal';
  return new RequestError(kind, extensions.retryAfterMs ?? retryAfterMs, extensions.service, message);
}

/** How long a question waits on a connection that may be dead, and how often it is asked again at once. */
const DOUBT_TIMEOUT_MS = 3_000;
const DOUBT_TRIES = 3;
const DOUBT_MS = 30_000;

/** Requests to one gateway. Whoever listens hears at once when the session turns out to be over. */
export class Requests {
  private readonly listeners = new Set<() => void>();
  private doubtUntil = 0;

  constructor(private readonly transport: () => Transport) {}

  onSignedOut(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * The live feed died without a word, so the browser's kept connections may be dead as well, and each would cost a whole
   * time limit: for half a minute a question that gets no answer is soon asked again, on another connection.
   */
  doubtConnections(): void {
    this.doubtUntil = Date.now() + DOUBT_MS;
  }

  /** The data; fields that a service could not answer are null in it. Throws when nothing at all was answered. */
  async run<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options: RequestOptions = {},
  ): Promise<Data> {
    return (await this.runPartly(document, variables, options)).data;
  }

  /** As `run`, and why fields are null. */
  async runPartly<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options: RequestOptions = {},
  ): Promise<{ data: Data; errors: FieldError[] }> {
    try {
      return await this.ask(document.toString(), variables, options);
    } catch (error) {
      if (error instanceof RequestError && error.kind === 'signed-out')
        for (const listener of [...this.listeners]) listener();
      throw error;
    }
  }

  private async ask<Data>(query: string, variables: unknown, options: RequestOptions) {
    const mayRepeat = /^\s*query\b/.test(query);
    const timeoutMs = Math.min(DOUBT_TIMEOUT_MS, options.timeoutMs ?? DOUBT_TIMEOUT_MS);
    for (let tries = 1; mayRepeat && tries <= DOUBT_TRIES && Date.now() < this.doubtUntil; tries += 1) {
      try {
        return await this.post<Data>(query, variables, { ...options, timeoutMs });
      } catch (error) {
        if (!(error instanceof RequestError) || error.kind !== 'timeout') throw error;
      }
    }
    return this.post<Data>(query, variables, options);
  }

  private async post<Data>(
    query: string,
    variables: unknown,
    { signal, timeoutMs = 10_000 }: RequestOptions,
  ): Promise<{ data: Data; errors: FieldError[] }> {
    const limit = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let text: string;
    try {
      response = await this.transport().fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query, variables }),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      text = await response.text();
    } catch (error) {
      if (limit.aborted) throw new RequestError('timeout');
      // Given up by the caller: not an error of the request.
      if (signal?.aborted === true) throw error;
      throw new RequestError('offline');
    }
    return read<Data>(response, text);
  }
}

function read<Data>(response: Response, text: string): { data: Data; errors: FieldError[] } {
  const retryAfterMs = retryAfterOf(response.headers.get('retry-after'), Date.now());
  const body = parse(text);
  const [first] = body.errors;
  if (body.data === null || Object.values(body.data).every((field) => field === null)) {
    if (first?.extensions?.code !== undefined) throw errorOf(first, retryAfterMs);
    if (!response.ok) throw new RequestError(kindOfStatus(response.status), retryAfterMs);
    if (first !== undefined || body.data === null) throw new RequestError('internal');
  }
  const errors = body.errors.map((error) => ({ path: error.path ?? [], error: errorOf(error, retryAfterMs) }));
  return { data: body.data as Data, errors };
}

function parse(text: string): { data: object | null; errors: GraphqlError[] } {
  try {
    const body = JSON.parse(text) as { data?: object | null; errors?: GraphqlError[] } | null;
    return { data: body?.data ?? null, errors: body?.errors ?? [] };
  } catch {
    // A proxy's page: the status says what is wrong.
    return { data: null, errors: [] };
  }
}

/** To the gateway that served the page. */
export const requests = new Requests(ownOrigin);
export const request = requests.run.bind(requests);
