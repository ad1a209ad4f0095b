import type { IconName } from '../design';
import type { Catalogue } from '../i18n';
import { type FormFieldKey, newStepId, type Step, type StepKind } from './flow';

type Texts = Catalogue['automation'];

export const STEP_ICONS: Record<StepKind, IconName> = {
  message: 'chat',
  form: 'file',
  wait: 'clock',
  availability: 'branch',
  handoff: 'people',
};
export const STEP_KINDS: readonly StepKind[] = ['message', 'form', 'wait', 'availability', 'handoff'];
export const FIELD_KEYS: readonly FormFieldKey[] = ['EMAIL', 'NAME', 'PHONE', 'COMPANY'];

/** Seconds of each unit, the longest first. */
export const UNITS = [86_400, 3_600, 60, 1] as const;
export type Unit = (typeof UNITS)[number];

export const unitOf = (seconds: number): Unit => UNITS.find((unit) => seconds > 0 && seconds % unit === 0) ?? 1;

export function durationText(text: Texts, seconds: number): string {
  const unit = unitOf(seconds);
  return text.lasts[unit](seconds / unit);
}

/** A step as it is added, in the language of who adds it. */
export function newStep(kind: StepKind, text: Texts): Step {
  const id = newStepId();
  switch (kind) {
    case 'message':
      return { id, kind, text: '' };
    case 'form': {
      const fields = [{ key: 'EMAIL' as const, label: text.fieldNames.EMAIL, required: true }];
      return { id, kind, prompt: '', submitLabel: text.submit, fields };
    }
    case 'wait':
      return { id, kind, seconds: 60 };
    case 'availability':
      return { id, kind, open: [], closed: [] };
    case 'handoff':
      return { id, kind, text: null };
  }
}

/** What a step says, as one text to compare. */
export function stepText(step: Step, text: Texts): string {
  switch (step.kind) {
    case 'message':
      return step.text;
    case 'wait':
      return durationText(text, step.seconds);
    case 'handoff':
      return step.text ?? '';
    case 'availability':
      return '';
    case 'form': {
      const fields = step.fields.map(
        ({ key, label, required }) =>
          `${text.fieldNames[key]}: ${label}, ${required ? text.askedHow.REQUIRED : text.askedHow.OPTIONAL}`,
      );
      return [step.prompt, ...fields, `[${step.submitLabel}]`].join('\n');
    }
  }
}
