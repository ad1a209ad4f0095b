import type { AnsweredForm, AskedForm, FormFieldKey } from '@conversations/contracts';

/** What the visitor gave to a form, as the gateway gets it. */
export interface FilledForm {
  formId: string;
  values: FormValues;
}

export type FormValues = Partial<Record<FormFieldKey, string>>;

/** How a browser helps with each field. The most characters are what the gateway takes. */
export const FIELDS: Record<FormFieldKey, { type: string; autocomplete: AutoFill; maxLength: number }> = {
  email: { type: 'email', autocomplete: 'email', maxLength: 320 },
  name: { type: 'text', autocomplete: 'name', maxLength: 200 },
  phone: { type: 'tel', autocomplete: 'tel', maxLength: 40 },
  company: { type: 'text', autocomplete: 'organization', maxLength: 200 },
};

/** As the gateway stores what is answered: trimmed, what is empty left out, in the order of the form. */
export function answersTo({ formId, fields }: AskedForm, values: FormValues): AnsweredForm {
  return {
    formId,
    answers: fields.flatMap(({ key, label }) => {
      const value = values[key]?.trim() ?? '';
      return value === '' ? [] : [{ key, label, value }];
    }),
  };
}

/** The host page's scripts can write into its storage: null for what is no answer that could be sent. */
export function readFilled(stored: unknown): FilledForm | null {
  const { formId, values } = (stored ?? {}) as Record<string, unknown>;
  if (typeof formId !== 'string' || formId.length > 64 || typeof values !== 'object' || values === null) return null;
  const read: FormValues = {};
  for (const [key, { maxLength }] of Object.entries(FIELDS) as [FormFieldKey, { maxLength: number }][]) {
    const value = (values as Record<string, unknown>)[key];
    if (typeof value === 'string') read[key] = value.slice(0, maxLength);
  }
  return { formId, values: read };
}
