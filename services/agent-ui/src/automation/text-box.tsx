import { useId } from 'react';
import css from './automation.module.css';

/** A labelled text of several lines, as high as what stands in it. */
export function TextBox({
  label,
  labelShown = true,
  value,
  error,
  readOnly,
  onChange,
}: {
  label: string;
  labelShown?: boolean;
  value: string;
  error?: string;
  readOnly: boolean;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id} className={labelShown ? css.label : 'only-read'}>
        {label}
      </label>
      <textarea
        id={id}
        className={css.text}
        rows={2}
        dir="auto"
        value={value}
        readOnly={readOnly}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className={css.error}>
          {error}
        </p>
      )}
    </div>
  );
}
