import { sameFlow, type Flow, type PublishedFlow } from './flow';

/** What an admin has written and not published; `base` is what was published when it was begun. */
export interface FlowEdit {
  flow: Flow;
  base: { version: number; flow: Flow };
}

/** An edit as the browser kept it; anything else counts as none. */
export function keptEdit(kept: unknown): FlowEdit | null {
  const edit = kept as Partial<FlowEdit> | null | undefined;
  return Array.isArray(edit?.flow?.steps) && Array.isArray(edit.base?.flow?.steps) ? (edit as FlowEdit) : null;
}

/** The edit after a change; null when there is nothing left to publish. */
export function writeFlow(edit: FlowEdit | null, published: PublishedFlow, flow: Flow): FlowEdit | null {
  const base = edit?.base ?? baseOf(published);
  return sameFlow(flow, base.flow) && base.version === published.version ? null : { flow, base };
}

/** True when publishing would change nothing. */
export const isPublished = (edit: FlowEdit, published: PublishedFlow): boolean => sameFlow(edit.flow, published.flow);

/** True when another version says something else than what the edit began with: publishing would overwrite it. */
export const isStale = (edit: FlowEdit, published: PublishedFlow): boolean =>
  published.version > edit.base.version && !sameFlow(edit.base.flow, published.flow) && !isPublished(edit, published);

/** The edit goes on upon what is published now. */
export const onTopOf = (edit: FlowEdit, published: PublishedFlow): FlowEdit => ({ ...edit, base: baseOf(published) });

const baseOf = ({ version, flow }: PublishedFlow): FlowEdit['base'] => ({ version, flow });
