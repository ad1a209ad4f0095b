import { type AgentClient, eventually, type Stack } from '@conversations/testing';
import { WebSocket } from 'ws';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: {
    data?: Record<string, unknown> | null;
    errors?: {
      message: string;
      path?: string[];
      extensions?: { code?: string; service?: string; retryAfterMs?: number };
    }[];
  };
}

/** A POST as it is, without anything that a client would add. */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {},
  };
}

export const graphql = (url: string, cookie: string, query: string, variables: Record<string, unknown> = {}) =>
  post(`${url}/graphql`, JSON.stringify({ query, variables }), { 'content-type': 'application/json', cookie });

export const codesOf = (answer: Answer) => (answer.body.errors ?? []).map((error) => error.extensions?.code);

interface Frame {
  id?: string;
  type: string;
  payload?: unknown;
}

/** A graphql-transport-ws socket that sends what it is told, right or wrong. */
export class RawSocket {
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | null = null;
  /** HTTP status of a refused upgrade. */
  refused: number | null = null;
  readonly socket: WebSocket;

  constructor(url: string, headers: { cookie?: string; origin?: string }, protocol = 'graphql-transport-ws') {
    const { cookie, origin } = headers;
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, protocol, {
      headers: { ...(cookie === undefined ? {} : { cookie }), ...(origin === undefined ? {} : { origin }) },
    });
    this.socket.on('message', (data: Buffer) => this.frames.push(JSON.parse(data.toString()) as Frame));
    this.socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    this.socket.on('unexpected-response', (request, response) => {
      this.refused = response.statusCode ?? 0;
      request.destroy();
    });
    this.socket.on('error', () => undefined);
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  async opened(): Promise<this> {
    await eventually(() => expect(this.socket.readyState).toBe(WebSocket.OPEN));
    return this;
  }

  async acknowledged(): Promise<this> {
    // At once: the server waits 3 s for it.
    this.socket.once('open', () => this.send({ type: 'connection_init' }));
    await this.frame((frame) => frame.type === 'connection_ack');
    return this;
  }

  frame(wanted: (frame: Frame) => boolean): Promise<Frame> {
    return eventually(() => {
      const found = this.frames.find(wanted);
      if (found === undefined)
        throw new Error(`not among ${JSON.stringify(this.frames)} ${JSON.stringify(this.closed)}`);
      return found;
    });
  }

  /** The codes of the error that ends operation `id`. */
  async errorsOf(id: string): Promise<(string | undefined)[]> {
    const { payload } = await this.frame((frame) => frame.id === id && frame.type === 'error');
    return (payload as { extensions?: { code?: string } }[]).map((error) => error.extensions?.code);
  }

  /** What a subscription has pushed so far. */
  events(id: string, field = 'inboxChanged'): { __typename: string; cursor?: string; [key: string]: unknown }[] {
    return this.frames
      .filter((frame) => frame.id === id && frame.type === 'next')
      .map((frame) => (frame.payload as { data: Record<string, { __typename: string }> }).data[field]!);
  }

  close(): void {
    this.socket.terminate();
  }
}

export const INBOX_CHANGED = /* GraphQL */ `
  subscription ($after: EventCursor) {
    inboxChanged(after: $after) {
      __typename
      ... on StreamEvent {
        cursor
      }
      ... on StreamReady {
        replaying
      }
      ... on ResyncRequired {
        reason
      }
      ... on ConversationUpserted {
        notify
        conversation {
          id
          version
          unread
          lastMessage {
            text
          }
        }
      }
      ... on InboxCountersChanged {
        inbox {
          unread
          open
          attention
        }
      }
    }
  }
`;

/** A new visitor writes; resolves with the conversation as the agent's inbox shows it. */
export async function visitorWrites(stack: Stack, agent: AgentClient, text: string) {
  const widget = stack.widget();
  await widget.connect();
  await widget.write(text);
  const conversation = await eventually(async () => {
    const found = (await agent.inbox()).find(({ lastMessage }) => lastMessage?.text === text);
    if (found === undefined) throw new Error(`no conversation with "${text}"`);
    return found;
  });
  return { widget, conversation };
}
