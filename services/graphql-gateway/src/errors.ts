import { UserError, type UserErrorCode } from '@conversations/contracts';
import { UpstreamTimeout, UpstreamUnavailable } from '@conversations/messaging';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes of top-level errors; everything that a person can act on goes into a payload instead. */
export type TopLevelCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'QUERY_TOO_COMPLEX'
  | 'PERSISTED_DOCUMENT_REQUIRED'
  | 'RATE_LIMITED'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'INTERNAL';

export function refusal(code: TopLevelCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** A user error as a payload shows it; `__typename` picks the implementation of the interface. */
export interface ShownError {
  __typename:
    | 'GenericUserError'
    | 'ReplyWindowClosedError'
    | 'IdempotencyConflictError'
    | 'UnresolvedTagsError'
    | 'StaleVersionError';
  code: UserErrorCode;
  message: string;
  path: string[] | null;
  details: Record<string, unknown>;
}

/** The type that carries the extra data of a code, when the details that it promises are there. */
const TYPES: Partial<
  Record<UserErrorCode, { type: ShownError['__typename']; needs: string; of: 'string' | 'number' | 'object' }>
> = {
  REPLY_WINDOW_CLOSED: { type: 'ReplyWindowClosedError', needs: 'closedAt', of: 'string' },
  IDEMPOTENCY_CONFLICT: { type: 'IdempotencyConflictError', needs: 'existingMessageId', of: 'string' },
  UNRESOLVED_TAGS: { type: 'UnresolvedTagsError', needs: 'tags', of: 'object' },
  STALE_VERSION: { type: 'StaleVersionError', needs: 'currentVersion', of: 'number' },
};

function shown(error: UserError): ShownError {
  const details = error.options.details ?? {};
  const special = TYPES[error.code];
  const complete = special !== undefined && typeof details[special.needs] === special.of;
  return {
    __typename: complete ? special.type : 'GenericUserError',
    code: error.code,
    message: error.message,
    path: error.options.path ?? null,
    details,
  };
}

/** An error that found several things at once names them all in its details. */
function allOf(error: UserError): UserError[] {
  const problems = error.options.details?.['problems'] as
    { code: UserErrorCode; message: string; path: string[] }[] | undefined;
  return problems?.map(({ code, message, path }) => new UserError(code, message, { path })) ?? [error];
}

/** Runs a mutation: what it returns beside empty `errors`, or only the user error that it threw. */
export async function payload<T extends object>(work: () => Promise<T>): Promise<T | { errors: ShownError[] }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return { errors: allOf(error).map(shown) };
    throw error;
  }
}

/** Errors of the GraphQL server itself, in the codes that the schema promises. */
const SERVER_CODES: Record<string, TopLevelCode> = {
  GRAPHQL_PARSE_FAILED: 'BAD_USER_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
};
const OWN_CODES = new Set<unknown>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'QUERY_TOO_COMPLEX',
  'PERSISTED_DOCUMENT_REQUIRED',
  'RATE_LIMITED',
] satisfies TopLevelCode[]);

function classified(cause: unknown): { message: string; extensions: Record<string, unknown> } | null {
  if (cause instanceof UpstreamTimeout)
    return { message: cause.message, extensions: { code: 'UPSTREAM_TIMEOUT', service: cause.service } };
  if (cause instanceof UpstreamUnavailable)
    return { message: cause.message, extensions: { code: 'UPSTREAM_UNAVAILABLE', service: cause.service } };
  if (cause instanceof UserError) return { message: cause.message, extensions: { code: 'BAD_USER_INPUT' } };
  return null;
}

/**
 * What a client sees of a top-level error. Anything that is not named here is INTERNAL without words:
 * `unexpected` hears the cause.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  unexpected: (cause: unknown) => void,
): GraphQLFormattedError {
  const { path, locations } = formatted;
  const place = { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const known = classified(cause);
  if (known !== null) return { ...known, ...place };

  const code = formatted.extensions?.['code'];
  if (OWN_CODES.has(code)) {
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
    return { message: formatted.message, extensions, ...place };
  }
  const served = typeof code === 'string' ? SERVER_CODES[code] : undefined;
  if (served !== undefined) return { message: formatted.message, extensions: { code: served }, ...place };
  // A GraphQLError that nobody threw inside a resolver comes from graphql-js: a bad document or bad variables.
  if (cause === error && cause instanceof GraphQLError && code === undefined)
    return { message: formatted.message, extensions: { code: 'BAD_USER_INPUT' }, ...place };
  unexpected(cause);
  return { message: 'Internal error', extensions: { code: 'INTERNAL' }, ...place };
}
