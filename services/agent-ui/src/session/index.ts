export { Session, useViewer } from './session';
export type { SignedInAgent } from './account';
