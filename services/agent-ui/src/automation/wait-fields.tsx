import { useId, useState } from 'react';
import { Select } from '../design';
import { useText } from '../i18n';
import css from './automation.module.css';
import { useEditing } from './editing';
import type { WaitStep } from './flow';
import { durationText, type Unit, UNITS, unitOf } from './step-kinds';

/** Far more than a wait may take, and no number that the server could not read. */
const MOST_TYPED = 9_999;

export function WaitFields({ step, error }: { step: WaitStep; error: string | undefined }) {
  const text = useText().automation;
  const { canEdit, change } = useEditing();
  const id = useId();
  const [chosen, setUnit] = useState<Unit | null>(null);
  // The unit that was chosen stays, as long as it fits: 60 minutes do not become 1 hour while one types.
  const unit = chosen !== null && step.seconds % chosen === 0 ? chosen : unitOf(step.seconds);
  const count = step.seconds / unit;
  if (!canEdit) return <p>{durationText(text, step.seconds)}</p>;
  const write = (to: number, of: Unit) => {
    setUnit(of);
    change({ ...step, seconds: Math.min(MOST_TYPED, to) * of });
  };
  return (
    <div className={css.field}>
      <div className={css.wait}>
        <label htmlFor={id} className="only-read">
          {text.waitFor}
        </label>
        <input
          id={id}
          className={css.line}
          inputMode="numeric"
          autoComplete="off"
          value={count === 0 ? '' : String(count)}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          onChange={(event) => write(Number(event.target.value.replaceAll(/\D/g, '')), unit)}
        />
        <Select
          label={text.unit}
          value={String(unit)}
          options={UNITS.toReversed().map((one) => ({ value: String(one), label: text.units[one] }))}
          onChange={(value) => write(count, UNITS.find((one) => String(one) === value) ?? 1)}
        />
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={css.error}>
          {error}
        </p>
      )}
    </div>
  );
}
