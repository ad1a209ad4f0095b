import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useToasts } from '../design';
import { useText } from '../i18n';
import {
  changeStep,
  depthOf,
  findStep,
  insertStep,
  isSameBranch,
  listSteps,
  MAX_NESTING,
  moveStep,
  type Place,
  placeBeside,
  placesFor,
  removeStep,
} from './edit-steps';
import type { Editing } from './editing';
import type { Flow, Step, StepKind } from './flow';
import { MAX_STEPS, type Problems } from './flow-problems';
import { newStep } from './step-kinds';
import { placeKey, useStepDrag } from './use-step-drag';

/** What can be done to the steps of a flow; the focus follows, and `said` tells those who do not see it. */
export function useStepEditing({
  flow,
  problems,
  canEdit,
  list,
  onChange,
}: {
  flow: Flow;
  problems: Problems;
  canEdit: boolean;
  list: RefObject<HTMLElement | null>;
  onChange: (flow: Flow) => void;
}): { editing: Editing; said: string } {
  const text = useText().automation;
  const toasts = useToasts();
  const [said, setSaid] = useState('');
  const newest = useRef({ flow, onChange });
  const wantsFocus = useRef<string | null>(null);
  const { steps } = flow;

  useLayoutEffect(() => {
    newest.current = { flow, onChange };
    if (wantsFocus.current === null) return;
    const found = list.current?.querySelector<HTMLElement>(wantsFocus.current);
    wantsFocus.current = null;
    found?.focus();
  });
  const write = (changed: readonly Step[]) => {
    const now = newest.current;
    now.onChange({ ...now.flow, steps: changed });
  };

  const sayMoved = (changed: readonly Step[], id: string) => {
    const moved = findStep(changed, id);
    if (moved === undefined) return;
    const { step, branch, number } = moved;
    const kind = text.kinds[step.kind];
    const parent = branch === null ? undefined : findStep(changed, branch.stepId);
    setSaid(
      branch === null || parent === undefined
        ? text.moved(kind, number, listSteps(changed).length)
        : text.movedInto(kind, number, branch.side, parent.number),
    );
  };
  const place = (id: string, to: Place) => {
    const changed = moveStep(steps, id, to);
    sayMoved(changed, id);
    write(changed);
  };
  const restore = (step: Step, from: Place) => {
    const now = newest.current.flow.steps;
    // The version of somebody else may have it still.
    if (listSteps([step]).some((one) => findStep(now, one.step.id) !== undefined)) return;
    const isThere = from.branch === null || findStep(now, from.branch.stepId) !== undefined;
    write(insertStep(now, isThere ? from : { branch: null, index: now.length }, step));
  };
  const drag = useStepDrag(
    list,
    (id) => {
      const step = findStep(steps, id)?.step;
      return step === undefined ? [] : placesFor(steps, step);
    },
    place,
  );

  const editing: Editing = {
    canEdit,
    problems,
    numbers: new Map(listSteps(steps).map(({ step, number }) => [step.id, number])),
    hasHours: flow.openingHours !== null,
    drag,
    whyNot: ({ branch }: Place, kind: StepKind) => {
      if (listSteps(steps).length >= MAX_STEPS) return text.tooManySteps;
      return kind === 'availability' && depthOf(steps, branch) >= MAX_NESTING ? text.tooDeepHere : null;
    },
    add: (to, kind) => {
      const step = newStep(kind, text);
      const changed = insertStep(steps, to, step);
      write(changed);
      setSaid(text.added(findStep(changed, step.id)?.number ?? 0));
      // After the menu, which gives the focus back to its button as it closes.
      setTimeout(() => {
        const card = list.current?.querySelector(`[data-step="${step.id}"]`);
        const field = card?.querySelector<HTMLElement>('textarea, input') ?? card?.querySelector<HTMLElement>('button');
        field?.focus();
      }, 0);
    },
    change: (step) => write(changeStep(steps, step)),
    remove: (id) => {
      const found = findStep(steps, id);
      if (found === undefined) return;
      const { step, branch, index } = found;
      const changed = removeStep(steps, id);
      const rest = listSteps(changed).filter((one) => isSameBranch(one.branch, branch));
      const next = rest.find((one) => one.index === index) ?? rest.at(-1);
      wantsFocus.current =
        next === undefined
          ? `[data-gap="${placeKey({ branch, index: 0 })}"] button`
          : `[data-step="${next.step.id}"] [data-part=handle]`;
      write(changed);
      const within = listSteps([step]).length - 1;
      const kind = text.kinds[step.kind];
      toasts.show({
        text: within > 0 ? text.deletedWith(kind, within) : text.deleted(kind),
        action: { label: text.undo, run: () => restore(step, { branch, index }) },
      });
    },
    canMove: (id, way) => placeBeside(steps, id, way) !== null,
    move: (id, way, part) => {
      const to = placeBeside(steps, id, way);
      if (to === null) return;
      wantsFocus.current = `[data-step="${id}"] [data-part=${part}]`;
      place(id, to);
    },
  };
  return { editing, said };
}
