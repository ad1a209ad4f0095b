import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type FieldNode,
  OperationTypeNode,
  getArgumentValues,
  visit,
} from 'graphql';
import type { SignedIn } from '../auth/agent';
import { refusal } from '../errors';
import { type Documents, fieldsOf, type GivenOperation } from '../limits/documents';
import { LEAST_ROLE, mayAct } from '../roles';
import type { LiveOperation } from './push-group';

export type ReadSubscription = { operation: LiveOperation; after: string | null } | { errors: readonly GraphQLError[] };

/** Results of these fields differ from agent to agent; operations without them are executed once for a role. */
const PERSONAL_FIELDS = ['agentActivity'];

/** The one field of a subscription, fragments included; graphql-js has checked that there is one. */
function rootFieldOf(document: DocumentNode, operationName: string | null | undefined): FieldNode | null {
  let selections = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  for (;;) {
    const [first] = selections;
    if (first === undefined) return null;
    if (first.kind === Kind.FIELD) return first;
    if (first.kind === Kind.INLINE_FRAGMENT) selections = first.selectionSet.selections;
    else {
      const name = first.name.value;
      const fragment = document.definitions.find(
        (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
      );
      selections = fragment?.kind === Kind.FRAGMENT_DEFINITION ? fragment.selectionSet.selections : [];
    }
  }
}

/** The variable that only says where to resume, so that it does not tell equal operations apart. */
function cursorVariable(document: DocumentNode, root: FieldNode): string | null {
  const value = root.arguments?.find((argument) => argument.name.value === 'after')?.value;
  if (value?.kind !== Kind.VARIABLE) return null;
  const name = value.name.value;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      if (node.name.value === name) uses += 1;
    },
  });
  return uses === 1 ? name : null;
}

/** Checks what a socket asks to subscribe to, exactly as a request over HTTP would be, and allows nothing but subscriptions. */
export function readSubscription(
  given: GivenOperation,
  { agent }: SignedIn,
  schema: GraphQLSchema,
  documents: Documents,
): ReadSubscription {
  const document = documents.checkLimits(given);
  const invalid = documents.validate(given.query);
  if (invalid.length > 0) return { errors: invalid };
  const definition = getOperationAST(document, given.operationName);
  if (definition?.operation !== OperationTypeNode.SUBSCRIPTION)
    return {
      errors: [refusal('BAD_USER_INPUT', 'Only subscriptions are served here: post queries and mutations to /graphql')],
    };
  const { coerced, errors } = getVariableValues(schema, definition.variableDefinitions ?? [], given.variables ?? {});
  if (errors) return { errors };

  const root = rootFieldOf(document, given.operationName);
  const field = root && schema.getSubscriptionType()?.getFields()[root.name.value];
  if (!root || !field || (field.name !== 'inboxChanged' && field.name !== 'conversationChanged'))
    return { errors: [refusal('BAD_USER_INPUT', 'The subscription asks for nothing')] };
  const least = LEAST_ROLE[`Subscription.${field.name}`];
  if (least === undefined || !mayAct(agent.role, least))
    return { errors: [refusal('FORBIDDEN', `${field.name} needs another role`)] };

  const values = getArgumentValues(field, root, coerced);
  const names = fieldsOf(document);
  const resumedBy = cursorVariable(document, root);
  const variables = Object.fromEntries(Object.entries(given.variables ?? {}).filter(([name]) => name !== resumedBy));
  const personal = PERSONAL_FIELDS.some((name) => names.has(name));
  return {
    after: (values['after'] as string | null | undefined) ?? null,
    operation: {
      key: JSON.stringify([
        given.query,
        given.operationName ?? null,
        variables,
        agent.role,
        personal ? agent.id : null,
      ]),
      field: field.name,
      conversationId: field.name === 'conversationChanged' ? (values['id'] as string) : null,
      document,
      operationName: given.operationName ?? undefined,
      variables,
      wantsCounters: given.query.includes('InboxCountersChanged'),
      wantsAgents: given.query.includes('AgentChanged'),
    },
  };
}
