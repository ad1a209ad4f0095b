/** Injection token of the service's logger. */
export const LOG = Symbol('log');
