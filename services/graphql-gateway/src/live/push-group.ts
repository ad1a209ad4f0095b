import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../context';
import type { Subscriber } from './subscriber';
import type { PushedEvent } from './stream-events';

/** What one subscription asks for; equal ones share their executions. */
export interface LiveOperation {
  /** Equal for operations whose results are equal: document, variables but for the cursor, role. */
  key: string;
  field: 'inboxChanged' | 'conversationChanged';
  /** conversationChanged only. */
  conversationId: string | null;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  /** Whether the document shows the counters, which cost a request. */
  wantsCounters: boolean;
  /** Whether the document shows changes of accounts; those that do not are spared an empty item. */
  wantsAgents: boolean;
}

export type ShowErrors = (result: ExecutionResult) => object;

/**
 * The subscribers of one operation. An event is executed and serialised once for all of them, and leaves in the order in
 * which it came, also when an execution has to wait for another service.
 */
export class PushGroup {
  readonly subscribers = new Set<Subscriber>();
  /** Whose presence concerns this thread; known after its first event or look-up. */
  visitorId: string | null = null;
  private tail: Promise<void> | null = null;

  constructor(
    readonly operation: LiveOperation,
    private readonly schema: GraphQLSchema,
    private readonly show: ShowErrors,
  ) {}

  /** Executes for everybody in the group. `index` is the entry's place in this replica's log. */
  push(event: PushedEvent, index: number, context: GatewayContext): void {
    if (this.subscribers.size === 0) return;
    const rendered = this.render(event, context);
    if (this.tail === null && typeof rendered === 'string') return this.deliver(rendered, index);
    const turn = Promise.all([rendered, this.tail]).then(([text]) => this.deliver(text, index));
    const tail = turn.finally(() => {
      if (this.tail === tail) this.tail = null;
    });
    this.tail = tail;
  }

  /** The payload of a `next` message. Never rejects: what fails inside stands in its `errors`. */
  render(event: PushedEvent, context: GatewayContext): string | Promise<string> {
    const { document, operationName, variables, field } = this.operation;
    const result = execute({
      schema: this.schema,
      document,
      rootValue: { [field]: event },
      contextValue: context,
      variableValues: variables,
      operationName,
    });
    return result instanceof Promise
      ? result.then((settled) => JSON.stringify(this.show(settled)))
      : JSON.stringify(this.show(result));
  }

  private deliver(text: string, index: number): void {
    for (const subscriber of this.subscribers) subscriber.deliver(text, index);
  }
}
