import { SIDES, type Side, type Step } from './flow';

/** Branches stand in one another at most so deep. */
export const MAX_NESTING = 3;

/** A list of steps: one side of a step by the opening hours, or null for the flow itself. */
export type Branch = { stepId: string; side: Side } | null;

/** Between the steps of a branch, as they stand now. */
export interface Place {
  branch: Branch;
  index: number;
}

export interface ListedStep {
  step: Step;
  branch: Branch;
  index: number;
  /** Of all steps, from 1, as one reads them from top to bottom. */
  number: number;
}

export const isSameBranch = (one: Branch, other: Branch): boolean =>
  one?.stepId === other?.stepId && one?.side === other?.side;

/** All steps in the order in which they are read, those of branches after the step that has them. */
export function listSteps(steps: readonly Step[]): ListedStep[] {
  const listed: ListedStep[] = [];
  const visit = (list: readonly Step[], branch: Branch): void => {
    for (const [index, step] of list.entries()) {
      listed.push({ step, branch, index, number: listed.length + 1 });
      if (step.kind === 'availability') for (const side of SIDES) visit(step[side], { stepId: step.id, side });
    }
  };
  visit(steps, null);
  return listed;
}

/** Every list of steps is mapped, from the inside out; what is not changed stays the same object, which is not drawn again. */
function mapLists(
  steps: readonly Step[],
  change: (list: readonly Step[], branch: Branch) => readonly Step[],
  branch: Branch = null,
): readonly Step[] {
  const inner = steps.map((step) => {
    if (step.kind !== 'availability') return step;
    const { id: stepId } = step;
    const open = mapLists(step.open, change, { stepId, side: 'open' });
    const closed = mapLists(step.closed, change, { stepId, side: 'closed' });
    return open === step.open && closed === step.closed ? step : { ...step, open, closed };
  });
  const changed = change(inner, branch);
  return changed.length === steps.length && changed.every((step, index) => step === steps[index]) ? steps : changed;
}

export const insertStep = (steps: readonly Step[], { branch, index }: Place, step: Step): readonly Step[] =>
  mapLists(steps, (list, at) => (isSameBranch(at, branch) ? list.toSpliced(index, 0, step) : list));

/** With all that stands in its branches. */
export const removeStep = (steps: readonly Step[], id: string): readonly Step[] =>
  mapLists(steps, (list) => list.filter((step) => step.id !== id));

export const changeStep = (steps: readonly Step[], changed: Step): readonly Step[] =>
  mapLists(steps, (list) => list.map((step) => (step.id === changed.id ? changed : step)));

export const findStep = (steps: readonly Step[], id: string): ListedStep | undefined =>
  listSteps(steps).find(({ step }) => step.id === id);

/** `to` counts the steps as they stand, the moved one among them. A place within the step itself changes nothing. */
export function moveStep(steps: readonly Step[], id: string, to: Place): readonly Step[] {
  const from = findStep(steps, id);
  if (from === undefined || (to.branch !== null && isWithin(from.step, to.branch.stepId))) return steps;
  const isAfter = isSameBranch(from.branch, to.branch) && to.index > from.index;
  return insertStep(removeStep(steps, id), { branch: to.branch, index: to.index - (isAfter ? 1 : 0) }, from.step);
}

const isWithin = (step: Step, id: string): boolean => listSteps([step]).some((inner) => inner.step.id === id);

/** How many branches deep a step is in itself: 0 for all but those by the opening hours. */
function heightOf(step: Step): number {
  if (step.kind !== 'availability') return 0;
  return 1 + Math.max(0, ...[...step.open, ...step.closed].map(heightOf));
}

/** Where a step may go, in the order in which the places are read; a new step has no place yet. */
export function placesFor(steps: readonly Step[], moved: Step): Place[] {
  const height = heightOf(moved);
  const places: Place[] = [];
  const visit = (list: readonly Step[], branch: Branch, depth: number): void => {
    if (depth + height > MAX_NESTING) return;
    for (const [index, step] of list.entries()) {
      places.push({ branch, index });
      if (step.kind !== 'availability' || step.id === moved.id) continue;
      for (const side of SIDES) visit(step[side], { stepId: step.id, side }, depth + 1);
    }
    places.push({ branch, index: list.length });
  };
  visit(steps, null, 0);
  return places;
}

/** The next place above or below, into and out of branches; null at the end of the flow. */
export function placeBeside(steps: readonly Step[], id: string, way: 'up' | 'down'): Place | null {
  const from = findStep(steps, id);
  if (from === undefined) return null;
  const isAt = (place: Place, index: number) => isSameBranch(place.branch, from.branch) && place.index === index;
  // Right before and right after itself is the same place.
  const places = placesFor(steps, from.step).filter((place) => !isAt(place, from.index + 1));
  const now = places.findIndex((place) => isAt(place, from.index));
  return places[now + (way === 'up' ? -1 : 1)] ?? null;
}

/** How deep a branch is: 0 for the flow itself. */
export function depthOf(steps: readonly Step[], branch: Branch): number {
  if (branch === null) return 0;
  const parent = findStep(steps, branch.stepId);
  return parent === undefined ? 0 : 1 + depthOf(steps, parent.branch);
}
