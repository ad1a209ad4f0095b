import { FindAskedForm, type AnsweredForm, type AskedForm, type WidgetFrame } from '@conversations/contracts';
import type { Messaging } from '@conversations/messaging';
import { Refused } from './refused';

type Frame = Pick<Extract<WidgetFrame, { t: 'form' }>, 'formId' | 'values'>;

/**
 * What a visitor answered, by the form that it was asked, which is looked for once. The shape of each value was looked at with the frame.
 * Throws {@link Refused}, or what asking throws.
 */
export function answersOfForm(
  messaging: Messaging,
  visitorId: string,
  frame: Frame,
): () => Promise<AnsweredForm['answers']> {
  let asked: AskedForm | null = null;
  return async () => {
    asked ??= (await messaging.request(FindAskedForm, { visitorId, formId: frame.formId })).form;
    if (asked === null) throw new Refused('formId');
    return answersTo(asked, frame.values);
  };
}

/** In the order and with the labels of the form; what was left empty is left out. Throws {@link Refused}. */
export function answersTo({ fields }: AskedForm, values: Frame['values']): AnsweredForm['answers'] {
  const given = Object.entries(values).filter(([, value]) => value.trim() !== '');
  const stray = given.find(([key]) => !fields.some((field) => field.key === key));
  if (stray) throw new Refused(stray[0]);
  return fields.flatMap(({ key, label, required }) => {
    const value = values[key]?.trim() ?? '';
    if (value === '' && required) throw new Refused(key);
    return value === '' ? [] : [{ key, label, value }];
  });
}
