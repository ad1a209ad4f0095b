import { useId } from 'react';
import { Select } from '../design';
import { useText } from '../i18n';
import css from './automation.module.css';
import { problemText, useEditing } from './editing';
import type { FormField, FormFieldKey, FormStep } from './flow';
import { stepKey } from './flow-problems';
import { FIELD_KEYS } from './step-kinds';
import { TextBox } from './text-box';

type How = 'NO' | 'OPTIONAL' | 'REQUIRED';

const howOf = (field: FormField | undefined): How =>
  field === undefined ? 'NO' : field.required ? 'REQUIRED' : 'OPTIONAL';

/** What the form asks for: the address always, the rest as the admin wants. */
export function FormFields({ step }: { step: FormStep }) {
  const text = useText().automation;
  const { canEdit, problems, change } = useEditing();
  const problem = (...field: (string | number)[]) => problemText(text, problems.get(stepKey(step.id, ...field)));
  const setHow = (key: FormFieldKey, how: How) => {
    const known = step.fields.find((field) => field.key === key);
    const field = { key, label: known?.label ?? text.fieldNames[key], required: how === 'REQUIRED' };
    const asked = how === 'NO' ? [] : [field];
    if (known !== undefined)
      return change({ ...step, fields: step.fields.flatMap((one) => (one.key === key ? asked : [one])) });
    change({ ...step, fields: [...step.fields, ...asked] });
  };
  const shown = [...step.fields.map(({ key }) => key), ...FIELD_KEYS.filter((key) => !hasField(step, key))];
  return (
    <>
      <TextBox
        label={text.prompt}
        value={step.prompt}
        error={problem('prompt')}
        readOnly={!canEdit}
        onChange={(prompt) => change({ ...step, prompt })}
      />
      <div className={css.field} role="group" aria-label={text.fields}>
        <p className={css.label}>{text.fields}</p>
        {shown.map((key) => {
          const index = step.fields.findIndex((field) => field.key === key);
          const field = step.fields[index];
          if (field === undefined && !canEdit) return null;
          return (
            <div key={key} className={css.fieldRow}>
              <span className={css.fieldName}>{text.fieldNames[key]}</span>
              {key === 'EMAIL' || !canEdit ? (
                <span className={css.how}>{text.askedHow[howOf(field)]}</span>
              ) : (
                <Select<How>
                  label={text.asked(text.fieldNames[key])}
                  value={howOf(field)}
                  className={css.how}
                  options={(['NO', 'OPTIONAL', 'REQUIRED'] as const).map((how) => ({
                    value: how,
                    label: text.askedHow[how],
                  }))}
                  onChange={(how) => setHow(key, how)}
                />
              )}
              {field !== undefined && (
                <Line
                  label={text.fieldLabel(text.fieldNames[key])}
                  value={field.label}
                  error={problem('fields', index, 'label')}
                  readOnly={!canEdit}
                  onChange={(label) =>
                    change({ ...step, fields: step.fields.map((one) => (one.key === key ? { ...one, label } : one)) })
                  }
                />
              )}
            </div>
          );
        })}
        <p className={problem('fields') === undefined ? css.hint : css.error}>
          {problem('fields') ?? text.emailAlways}
        </p>
      </div>
      <div className={css.fieldRow}>
        <span className={css.fieldName}>{text.submitLabel}</span>
        <Line
          label={text.submitLabel}
          value={step.submitLabel}
          error={problem('submitLabel')}
          readOnly={!canEdit}
          onChange={(submitLabel) => change({ ...step, submitLabel })}
        />
      </div>
    </>
  );
}

const hasField = ({ fields }: FormStep, key: FormFieldKey): boolean => fields.some((field) => field.key === key);

/** A line of input whose label stands beside it already. */
function Line({
  label,
  value,
  error,
  readOnly,
  onChange,
}: {
  label: string;
  value: string;
  error: string | undefined;
  readOnly: boolean;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <span className={css.grows}>
      <input
        className={css.line}
        aria-label={label}
        value={value}
        readOnly={readOnly}
        autoComplete="off"
        dir="auto"
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : id}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <span id={id} className={css.error}>
          {error}
        </span>
      )}
    </span>
  );
}
