import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
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
import type { Editing, Standing } from './editing';
import type { Flow, Step } from './flow';
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

  useLayoutEffect(() => {
    newest.current = { flow, onChange };
    if (wantsFocus.current === null) return;
    const found = list.current?.querySelector<HTMLElement>(wantsFocus.current);
    wantsFocus.current = null;
    found?.focus();
  });

  // The same functions as long as the page stands: a key press draws the step again that it is about, not all.
  const actions = useMemo(() => {
    const stepsNow = () => newest.current.flow.steps;
    const write = (steps: readonly Step[]) => newest.current.onChange({ ...newest.current.flow, steps });
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
      const changed = moveStep(stepsNow(), id, to);
      sayMoved(changed, id);
      write(changed);
    };
    const restore = (step: Step, from: Place) => {
      const now = stepsNow();
      // The version of somebody else may have it still.
      if (listSteps([step]).some((one) => findStep(now, one.step.id) !== undefined)) return;
      const isThere = from.branch === null || findStep(now, from.branch.stepId) !== undefined;
      write(insertStep(now, isThere ? from : { branch: null, index: now.length }, step));
    };
    const add: Editing['add'] = (to, kind) => {
      const step = newStep(kind, text);
      const changed = insertStep(stepsNow(), to, step);
      write(changed);
      setSaid(text.added(findStep(changed, step.id)?.number ?? 0));
      // After the menu, which gives the focus back to its button as it closes.
      setTimeout(() => {
        const card = list.current?.querySelector(`[data-step="${step.id}"]`);
        const field = card?.querySelector<HTMLElement>('textarea, input') ?? card?.querySelector<HTMLElement>('button');
        field?.focus();
      }, 0);
    };
    const remove: Editing['remove'] = (id) => {
      const found = findStep(stepsNow(), id);
      if (found === undefined) return;
      const { step, branch, index } = found;
      const changed = removeStep(stepsNow(), id);
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
    };
    const move: Editing['move'] = (id, way, part) => {
      const to = placeBeside(stepsNow(), id, way);
      if (to === null) return;
      wantsFocus.current = `[data-step="${id}"] [data-part=${part}]`;
      place(id, to);
    };
    const change = (step: Step) => write(changeStep(stepsNow(), step));
    return { place, add, remove, move, change };
  }, [text, toasts, list]);

  const { dragged, target, start } = useStepDrag(
    list,
    (id) => {
      const step = findStep(flow.steps, id)?.step;
      return step === undefined ? [] : placesFor(flow.steps, step);
    },
    actions.place,
  );
  const standing = useStanding(flow.steps);
  const whyNot = useMemo<Editing['whyNot']>(
    () =>
      ({ branch }, kind) => {
        if (standing.size >= MAX_STEPS) return text.tooManySteps;
        return kind === 'availability' && depthOf(flow.steps, branch) >= MAX_NESTING ? text.tooDeepHere : null;
      },
    [standing, text],
  );
  const hasHours = flow.openingHours !== null;
  const editing = useMemo(
    () => ({ canEdit, problems, standing, hasHours, dragged, target, startDrag: start, whyNot, ...actions }),
    [canEdit, problems, standing, hasHours, dragged, target, start, whyNot, actions],
  );
  return { editing, said };
}

/** Another map only when a step stands at another place. */
function useStanding(steps: readonly Step[]): ReadonlyMap<string, Standing> {
  const listed = listSteps(steps);
  const shape = listed.map((one) => `${one.step.id}@${placeKey(one)}`).join(' ');
  return useMemo(
    () =>
      new Map(
        listed.map(({ step, branch, index, number }) => {
          const isOutermost = branch === null;
          const standing = {
            number,
            isFirst: isOutermost && index === 0,
            isLast: isOutermost && step === steps.at(-1),
          };
          return [step.id, standing];
        }),
      ),
    [shape],
  );
}
