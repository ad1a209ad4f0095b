import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  getNamedType,
  getNullableType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** Fields that one operation may make the server resolve. */
export const MAX_COST = 20_000;
/** What is assumed for a list that has no page size. */
const ASSUMED_LENGTH = 10;
/**
 * Lists in lists that are bounded all together: a flow has at most 100 steps, however its branches stand in one another. A form
 * has at most one field of each key.
 */
const KNOWN_LENGTH: Record<string, number> = {
  'AvailabilityStep.open': 2,
  'AvailabilityStep.closed': 2,
  'FormStep.fields': 4,
};
const PAGE_ARGUMENTS = ['first', 'last'];

/** Values of variables as the operation will see them: what was given, else the operation's own default. */
function variablesOf(operation: OperationDefinitionNode, given: Record<string, unknown>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (Object.hasOwn(given, name)) values[name] = given[name];
    else if (defaultValue) values[name] = valueFromASTUntyped(defaultValue);
  }
  return values;
}

/** An argument's value with variables and the schema's default in place. */
function argumentOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  name: string,
  variables: Record<string, unknown>,
): unknown {
  const definition = field.args.find((argument) => argument.name === name);
  if (definition === undefined) return undefined;
  const given = node.arguments?.find((argument) => argument.name.value === name);
  if (given === undefined) return definition.defaultValue;
  const value = valueFromASTUntyped(given.value, variables);
  return value === undefined && given.value.kind === Kind.VARIABLE ? definition.defaultValue : value;
}

/** How many objects a field may give for each of its parents. */
function lengthOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  parent: GraphQLNamedType,
  variables: Record<string, unknown>,
): number {
  const sizes = PAGE_ARGUMENTS.map((name) => argumentOf(field, node, name, variables)).filter(
    (size): size is number => typeof size === 'number' && size > 0,
  );
  if (sizes.length > 0) return Math.max(...sizes);
  const ids = argumentOf(field, node, 'ids', variables);
  if (Array.isArray(ids)) return ids.length;
  if (!isListType(getNullableType(field.type))) return 1;
  // The connection itself was multiplied by its page.
  if (parent.name.endsWith('Connection')) return 1;
  return KNOWN_LENGTH[`${parent.name}.${field.name}`] ?? ASSUMED_LENGTH;
}

/**
 * Counts the fields that an operation makes the server resolve, pages multiplied by what lies within them. Page sizes are
 * taken as they will be: literals, variables, variables' defaults, the schema's defaults. Each fragment is counted once
 * per type, so that fragments nested in fragments cost no time. What the schema does not know counts nothing: validation refuses it.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): number {
  const variables = variablesOf(operation, given);
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const counted = new Map<string, number>();

  const ofFragment = (name: string): number => {
    const found = counted.get(name);
    if (found !== undefined) return found;
    const fragment = fragments.get(name);
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    if (fragment === undefined || type === undefined) return 0;
    const cost = ofSelections(fragment.selectionSet, type);
    counted.set(name, cost);
    return cost;
  };
  const ofField = (node: FieldNode, parent: GraphQLNamedType): number => {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined) return node.name.value.startsWith('__') ? 1 : 0;
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || node.selectionSet === undefined) return 1;
    return 1 + lengthOf(field, node, parent, variables) * ofSelections(node.selectionSet, type);
  };
  const ofSelections = (set: SelectionSetNode, parent: GraphQLNamedType): number => {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += ofField(selection, parent);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += ofFragment(selection.name.value);
      else {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        cost += type === undefined ? 0 : ofSelections(selection.selectionSet, type);
      }
    }
    return cost;
  };
  const root = schema.getRootType(operation.operation);
  return root ? ofSelections(operation.selectionSet, root) : 0;
}
