import { createContext, useContext } from 'react';
import type { Catalogue } from '../i18n';
import type { Place } from './edit-steps';
import type { Step, StepKind } from './flow';
import type { Problem, Problems } from './flow-problems';
import type { StepDrag } from './use-step-drag';

/** What the parts of the step list need of the flow that they belong to. */
export interface Editing {
  canEdit: boolean;
  problems: Problems;
  /** By step, from 1, over the whole flow. */
  numbers: ReadonlyMap<string, number>;
  hasHours: boolean;
  drag: StepDrag;
  /** Why no step of this kind may be added at a place; null = it may. */
  whyNot: (place: Place, kind: StepKind) => string | null;
  add: (place: Place, kind: StepKind) => void;
  change: (step: Step) => void;
  remove: (id: string) => void;
  canMove: (id: string, way: 'up' | 'down') => boolean;
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

export function problemText(text: Catalogue['automation'], problem: Problem | undefined): string | undefined {
  if (problem === undefined) return undefined;
  if (problem.code === 'TOO_LONG') return text.tooLong(problem.over);
  return problem.code === 'REFUSED' ? text.refused(problem.message) : text.problem[problem.code];
}
