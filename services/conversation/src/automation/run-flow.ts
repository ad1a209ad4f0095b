import type { AutomationContent, FormField, FlowStep } from '@conversations/contracts';
import { isOpen } from './opening-hours';

/** Where one conversation stands in its flow. */
export type RunState =
  /** Until a `wait` step is over. */
  | { status: 'WAITING'; stepId: string; dueAt: Date }
  /** Until a form is answered; the visitor may write meanwhile. */
  | { status: 'ASKING'; stepId: string }
  /** For ever: nothing starts it again. */
  | { status: 'ENDED' };

/** What may happen to a conversation, in any order. */
export type RunEvent =
  | { kind: 'STARTED' }
  | { kind: 'TIME_PASSED' }
  | { kind: 'FORM_ANSWERED'; formId: string }
  | { kind: 'CONTACT_LINKED' }
  | { kind: 'AGENT_REPLIED' }
  | { kind: 'COMPLETED' };

/** What the bot does; each at most once for a step. */
export type Effect =
  | { kind: 'SAY'; stepId: string; text: string }
  | { kind: 'ASK'; stepId: string; prompt: string; fields: FormField[]; submitLabel: string }
  | { kind: 'HAND_OFF'; stepId: string; text: string | null };

/** What a step looks at when its turn comes. */
export interface Circumstances {
  at: Date;
  /** The visitor's contact is known: no form is needed. */
  knowsContact: boolean;
}

interface Outcome {
  /** Null: the flow did not start. */
  state: RunState | null;
  effects: Effect[];
}

type Flow = Pick<AutomationContent, 'steps' | 'openingHours'>;

/**
 * The flow of one conversation: pure, and total over any order of events. It only ever moves on in the order of the steps,
 * so that no step is done twice and every run ends.
 */
export function runFlow(flow: Flow, state: RunState | null, event: RunEvent, now: Circumstances): Outcome {
  if (event.kind === 'STARTED') return state === null ? walk(flow, flow.steps, now) : { state, effects: [] };
  if (state === null || state.status === 'ENDED') return { state, effects: [] };
  if (event.kind === 'AGENT_REPLIED' || event.kind === 'COMPLETED') return { state: { status: 'ENDED' }, effects: [] };
  if (!goesOn(state, event, now)) return { state, effects: [] };
  return walk(flow, stepsAfter(flow.steps, state.stepId) ?? [], now);
}

function goesOn(state: Exclude<RunState, { status: 'ENDED' }>, event: RunEvent, now: Circumstances): boolean {
  if (state.status === 'WAITING') return event.kind === 'TIME_PASSED' && now.at >= state.dueAt;
  return event.kind === 'CONTACT_LINKED' || (event.kind === 'FORM_ANSWERED' && event.formId === state.stepId);
}

/** Does steps until one has to wait for something. */
function walk({ openingHours }: Flow, steps: readonly FlowStep[], now: Circumstances): Outcome {
  const effects: Effect[] = [];
  const left = [...steps];
  for (let step = left.shift(); step !== undefined; step = left.shift()) {
    switch (step.kind) {
      case 'message':
        effects.push({ kind: 'SAY', stepId: step.id, text: step.text });
        break;
      case 'form': {
        if (now.knowsContact) break;
        const { id, prompt, fields, submitLabel } = step;
        effects.push({ kind: 'ASK', stepId: id, prompt, fields, submitLabel });
        return { state: { status: 'ASKING', stepId: id }, effects };
      }
      case 'wait': {
        const dueAt = new Date(now.at.getTime() + step.seconds * 1000);
        return { state: { status: 'WAITING', stepId: step.id, dueAt }, effects };
      }
      case 'availability':
        left.unshift(...(isOpen(openingHours, now.at) ? step.open : step.closed));
        break;
      case 'handoff':
        effects.push({ kind: 'HAND_OFF', stepId: step.id, text: step.text });
        return { state: { status: 'ENDED' }, effects };
    }
  }
  return { state: { status: 'ENDED' }, effects };
}

/** What follows a step: the rest of its branch, then what follows the branch. Null when the step is not there. */
function stepsAfter(steps: readonly FlowStep[], id: string): FlowStep[] | null {
  for (const [index, step] of steps.entries()) {
    const rest = steps.slice(index + 1);
    if (step.id === id) return rest;
    if (step.kind !== 'availability') continue;
    const inner = stepsAfter(step.open, id) ?? stepsAfter(step.closed, id);
    if (inner !== null) return [...inner, ...rest];
  }
  return null;
}
