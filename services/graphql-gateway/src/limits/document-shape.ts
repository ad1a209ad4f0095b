import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { refusal } from '../errors';

/** Tokens of a document; the app's largest has a fifth of it. */
export const MAX_TOKENS = 2_000;
const MAX_DEPTH = 14;
const MAX_ALIASES = 30;
const MAX_ROOT_FIELDS = 12;
const MAX_DIRECTIVES = 20;
const MAX_FRAGMENTS = 50;
const MAX_OPERATIONS = 10;

interface Measure {
  depth: number;
  /** Fields on the first level, those of fragments included. */
  width: number;
}

/** A fragment that contains itself. */
class FragmentCycle extends Error {}

/** Measures selections with every fragment spread; each fragment once, so that nesting them costs no time. */
function measurer(fragments: Map<string, FragmentDefinitionNode>): (set: SelectionSetNode) => Measure {
  const known = new Map<string, Measure | 'measuring'>();
  const ofFragment = (name: string): Measure => {
    const found = known.get(name);
    if (found === 'measuring') throw new FragmentCycle();
    if (found !== undefined) return found;
    const fragment = fragments.get(name);
    if (fragment === undefined) return { depth: 0, width: 0 };
    known.set(name, 'measuring');
    const measured = measure(fragment.selectionSet);
    known.set(name, measured);
    return measured;
  };
  const measure = (set: SelectionSetNode): Measure => {
    let depth = 0;
    let width = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        depth = Math.max(depth, 1 + (selection.selectionSet ? measure(selection.selectionSet).depth : 0));
        width += 1;
      } else {
        const inner =
          selection.kind === Kind.FRAGMENT_SPREAD ? ofFragment(selection.name.value) : measure(selection.selectionSet);
        depth = Math.max(depth, inner.depth);
        width += inner.width;
      }
    }
    return { depth, width };
  };
  return measure;
}

/** Why a document is refused for what it is, whatever its variables; null when it may pass. */
export function checkShape(document: DocumentNode): GraphQLError | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operations = 0;
  let aliases = 0;
  let directives = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else operations += 1;
  }
  visit(document, {
    Field: (field) => {
      if (field.alias) aliases += 1;
    },
    Directive: () => {
      directives += 1;
    },
  });
  const most = (what: string, found: number, limit: number) =>
    found > limit
      ? refusal('QUERY_TOO_COMPLEX', `The document has ${String(found)} ${what}, at most ${String(limit)} are allowed`)
      : null;

  const counted =
    most('operations', operations, MAX_OPERATIONS) ??
    most('fragments', fragments.size, MAX_FRAGMENTS) ??
    most('aliases', aliases, MAX_ALIASES) ??
    most('directives', directives, MAX_DIRECTIVES);
  if (counted !== null) return counted;

  const measure = measurer(fragments);
  try {
    for (const definition of document.definitions) {
      if (!('selectionSet' in definition)) continue;
      const { depth, width } = measure(definition.selectionSet);
      const measured =
        most('levels', depth, MAX_DEPTH) ??
        (definition.kind === Kind.OPERATION_DEFINITION ? most('root fields', width, MAX_ROOT_FIELDS) : null);
      if (measured !== null) return measured;
    }
  } catch (error) {
    if (error instanceof FragmentCycle)
      return refusal('QUERY_TOO_COMPLEX', 'A fragment of the document contains itself');
    throw error;
  }
  return null;
}
