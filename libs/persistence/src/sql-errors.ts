interface SqlError {
  code: string;
  constraint?: string;
}

/** TypeORM wraps what the driver throws. */
function sqlErrorOf(error: unknown): SqlError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('driverError' in error && error.driverError !== undefined) return sqlErrorOf(error.driverError);
  return 'code' in error && typeof error.code === 'string' ? (error as SqlError) : undefined;
}

/** True when a UNIQUE constraint refused the row; with a name, only that constraint. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const found = sqlErrorOf(error);
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint);
}

/** Serialization failure or deadlock: the same transaction may well succeed when it is run again. */
export function isWorthRetrying(error: unknown): boolean {
  const code = sqlErrorOf(error)?.code;
  return code === '40001' || code === '40P01';
}

/** True for a statement that was not even tried, because one before it in the transaction had failed. */
export const isAborted = (error: unknown): boolean => sqlErrorOf(error)?.code === '25P02';
