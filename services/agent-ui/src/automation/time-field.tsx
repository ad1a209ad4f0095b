import { useId } from 'react';
import css from './automation.module.css';
import { wholeTime } from './whole-time';

/** HH:MM, up to 24:00, which the browser's own field for times does not know. */
export function TimeField({
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
  onChange: (time: string) => void;
}) {
  const id = useId();
  return (
    <>
      <input
        className={css.time}
        aria-label={label}
        value={value}
        readOnly={readOnly}
        autoComplete="off"
        inputMode="numeric"
        maxLength={8}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : id}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => {
          if (!readOnly && wholeTime(value) !== value) onChange(wholeTime(value));
        }}
      />
      {error !== undefined && (
        <span id={id} className="only-read">
          {error}
        </span>
      )}
    </>
  );
}
