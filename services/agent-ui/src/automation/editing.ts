import { createContext, type PointerEvent, useContext } from 'react';
import type { Catalogue } from '../i18n';
import type { Place } from './edit-steps';
import type { Step, StepKind } from './flow';
import type { Problem, Problems } from './flow-problems';

/** Where a step stands among all. */
export interface Standing {
  /** From 1, over the whole flow. */
  number: number;
  /** First or last of the flow itself: it cannot be moved further. */
  isFirst: boolean;
  isLast: boolean;
}

/** What the parts of the step list need of the flow that they belong to. */
export interface Editing {
  canEdit: boolean;
  problems: Problems;
  standing: ReadonlyMap<string, Standing>;
  hasHours: boolean;
  /** Id of the step that is dragged. */
  dragged: string | null;
  /** Key of the place that it would take. */
  target: string | null;
  startDrag: (id: string, event: PointerEvent) => void;
  /** Why no step of this kind may be added at a place; null = it may. */
  whyNot: (place: Place, kind: StepKind) => string | null;
  add: (place: Place, kind: StepKind) => void;
  change: (step: Step) => void;
  remove: (id: string) => void;
  move: (id: string, way: 'up' | 'down', part: MovingPart) => void;
}

/** What has the focus while a step is moved by keyboard, and keeps it. */
export type MovingPart = 'handle' | 'up' | 'down';

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (editing === null) throw new Error('Steps stand in a flow');
  return editing;
}

export const useNumber = (id: string): number => useEditing().standing.get(id)?.number ?? 0;

export function problemText(text: Catalogue['automation'], problem: Problem | undefined): string | undefined {
  if (problem === undefined) return undefined;
  if (problem.code === 'TOO_LONG') return text.tooLong(problem.over);
  return problem.code === 'REFUSED' ? text.refused(problem.message) : text.problem[problem.code];
}
