import type { ChatbotStepInput, FormFieldKey, PublishedFlowFragment, Weekday } from '../generated/documents';

export type { FormFieldKey, Weekday };
export type Side = 'open' | 'closed';
export const SIDES: readonly Side[] = ['open', 'closed'];

export interface FormField {
  key: FormFieldKey;
  label: string;
  required: boolean;
}
export interface MessageStep {
  id: string;
  kind: 'message';
  text: string;
}
export interface FormStep {
  id: string;
  kind: 'form';
  prompt: string;
  submitLabel: string;
  fields: readonly FormField[];
}
export interface WaitStep {
  id: string;
  kind: 'wait';
  seconds: number;
}
export interface AvailabilityStep {
  id: string;
  kind: 'availability';
  open: readonly Step[];
  closed: readonly Step[];
}
export interface HandoffStep {
  id: string;
  kind: 'handoff';
  text: string | null;
}
export type Step = MessageStep | FormStep | WaitStep | AvailabilityStep | HandoffStep;
export type StepKind = Step['kind'];

export interface OpeningPeriod {
  day: Weekday;
  opensAt: string;
  closesAt: string;
}
export interface OpeningHours {
  timeZone: string;
  weekly: readonly OpeningPeriod[];
  holidays: readonly string[];
}

/** What an admin writes and publishes. */
export interface Flow {
  enabled: boolean;
  botName: string;
  trigger: Pick<PublishedFlowFragment['trigger'], 'kind' | 'urlContains'>;
  steps: readonly Step[];
  /** Null: always open. */
  openingHours: OpeningHours | null;
}

export interface PublishedFlow {
  version: number;
  publishedAt: string;
  /** Null for the flow that the installation came with. */
  publishedBy: { id: string; displayName: string } | null;
  flow: Flow;
}

/** A step as any depth of the query gives it. */
interface StepRow {
  __typename?: string;
  id: string;
  text?: string;
  prompt?: string;
  submitLabel?: string;
  fields?: readonly FormField[];
  seconds?: number;
  note?: string | null;
  open?: readonly StepRow[];
  closed?: readonly StepRow[];
}

function stepOf({ __typename, id, ...row }: StepRow): Step {
  switch (__typename) {
    case 'FormStep': {
      const fields = (row.fields ?? []).map(({ key, label, required }) => ({ key, label, required }));
      return { id, kind: 'form', prompt: row.prompt ?? '', submitLabel: row.submitLabel ?? '', fields };
    }
    case 'WaitStep':
      return { id, kind: 'wait', seconds: row.seconds ?? 0 };
    case 'AvailabilityStep':
      return {
        id,
        kind: 'availability',
        open: (row.open ?? []).map(stepOf),
        closed: (row.closed ?? []).map(stepOf),
      };
    case 'HandoffStep':
      return { id, kind: 'handoff', text: row.note ?? null };
    default:
      return { id, kind: 'message', text: row.text ?? '' };
  }
}

export function publishedFlowOf(row: PublishedFlowFragment): PublishedFlow {
  const { version, publishedAt, publishedBy, enabled, botName, trigger, openingHours } = row;
  return {
    ...{ version, publishedAt, publishedBy },
    flow: {
      ...{ enabled, botName, trigger: { kind: trigger.kind, urlContains: trigger.urlContains } },
      steps: row.steps.map(stepOf),
      openingHours: openingHours && {
        timeZone: openingHours.timeZone,
        weekly: openingHours.weekly.map(({ day, opensAt, closesAt }) => ({ day, opensAt, closesAt })),
        holidays: [...openingHours.holidays],
      },
    },
  };
}

function stepInput(step: Step): ChatbotStepInput {
  switch (step.kind) {
    case 'message':
      return { message: { id: step.id, text: step.text } };
    case 'form': {
      const { id, prompt, submitLabel, fields } = step;
      return { form: { id, prompt, submitLabel, fields: fields.map((field) => ({ ...field })) } };
    }
    case 'wait':
      return { wait: { id: step.id, seconds: step.seconds } };
    case 'availability': {
      const { id, open, closed } = step;
      return { availability: { id, open: open.map(stepInput), closed: closed.map(stepInput) } };
    }
    case 'handoff':
      return { handoff: { id: step.id, text: step.text } };
  }
}

/** A flow as the mutation takes it. */
export function flowInput({ enabled, botName, trigger, steps, openingHours }: Flow) {
  return {
    ...{ enabled, botName, trigger: { ...trigger }, steps: steps.map(stepInput) },
    openingHours: openingHours && {
      timeZone: openingHours.timeZone,
      weekly: openingHours.weekly.map((period) => ({ ...period })),
      holidays: [...openingHours.holidays],
    },
  };
}

/** Flows are made by the functions of this folder only, with their fields in one order. */
export const sameFlow = (one: Flow, other: Flow): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Within the server's rule for ids, and unlike any other of this or another admin. */
export function newStepId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `stp_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
