import {
  type DocumentNode,
  getOperationAST,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import { refusal } from '../errors';
import { checkShape, MAX_TOKENS } from './document-shape';
import { costOf, MAX_COST } from './operation-cost';

const MAX_CACHED = 500;
const MAX_VARIABLE_DEPTH = 30;

interface Known {
  document: DocumentNode;
  refused: GraphQLError | null;
  /** Of graphql-js; made when first asked for. */
  invalid: readonly GraphQLError[] | null;
}

/** An operation to be run, as it came over HTTP or a socket. */
export interface GivenOperation {
  query: string;
  operationName: string | null | undefined;
  variables: Record<string, unknown> | null | undefined;
}

/**
 * Judges documents before anything is executed, the same for HTTP and sockets. What does not depend on variables is
 * remembered per document: agents send the same few.
 */
export class Documents {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly introspection: boolean,
  ) {}

  /** Throws QUERY_TOO_COMPLEX, or graphql-js's syntax error. */
  checkLimits({ query, operationName, variables }: GivenOperation): DocumentNode {
    const { document, refused } = this.read(query);
    if (refused !== null) throw refused;
    // Input types may contain themselves: graphql-js would follow them until its stack ends.
    if (isDeeperThan(variables, MAX_VARIABLE_DEPTH))
      throw refusal('QUERY_TOO_COMPLEX', 'The variables nest too deeply');
    const operation = getOperationAST(document, operationName);
    if (operation) {
      const cost = costOf(this.schema, document, operation, variables ?? {});
      if (cost > MAX_COST)
        throw refusal(
          'QUERY_TOO_COMPLEX',
          `The operation costs ${String(cost)}, at most ${String(MAX_COST)} is allowed`,
        );
    }
    return document;
  }

  /** What graphql-js says against the document. */
  validate(query: string): readonly GraphQLError[] {
    const known = this.read(query);
    const rules = this.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    known.invalid ??= validate(this.schema, known.document, rules);
    return known.invalid;
  }

  private read(query: string): Known {
    const found = this.known.get(query);
    if (found !== undefined) return found;
    const document = parse(query, { maxTokens: MAX_TOKENS, noLocation: false });
    const read = { document, refused: checkShape(document), invalid: null };
    const [oldest] = this.known.keys();
    if (this.known.size >= MAX_CACHED && oldest !== undefined) this.known.delete(oldest);
    this.known.set(query, read);
    return read;
  }
}

/** Names used as fields anywhere in a document. */
export function fieldsOf(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Field: ({ name }) => void names.add(name.value) });
  return names;
}

/** Whether a value nests deeper than `limit`; looks no further than that. */
function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return limit === 0 || Object.values(value).some((inner) => isDeeperThan(inner, limit - 1));
}
