import { type ReactNode, useId, useState } from 'react';
import { Icon } from './icons';
import { usePopups } from './popups';
import { opensByKey } from './press-on-arrival';
import css from './select.module.css';

export interface SelectOption<Value extends string> {
  value: Value;
  label: ReactNode;
  /** Second line: a recipient, or why the choice is disabled. */
  description?: ReactNode;
  icon?: ReactNode;
  /** Stays focusable, so that its reason can be read. */
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  label: string;
  labelShown?: boolean;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  quiet?: boolean;
  disabled?: boolean;
  placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end';
  /** What the closed button shows; the option's icon and label when left out. */
  renderValue?: (option: SelectOption<Value> | undefined) => ReactNode;
  className?: string;
}

/** One choice of several. `quiet` draws the button without a frame, as the composer's channel does. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, labelShown = false, quiet = false, disabled = false, className } = props;
  const labelId = useId();
  const [wanted, setWanted] = useState(false);
  const parts = usePopups(wanted);
  if (parts !== null) return <parts.ChoiceSelect {...props} />;
  const open = (): void => setWanted(!disabled);
  return (
    <>
      <div id={labelId} className={labelShown ? css.label : 'only-read'}>
        {label}
      </div>
      <button
        type="button"
        className={[css.select, quiet && css.quiet, className].filter(Boolean).join(' ')}
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={false}
        aria-labelledby={labelId}
        aria-disabled={disabled || undefined}
        onClick={open}
        onKeyDown={(event) => {
          if (!opensByKey(event.key)) return;
          event.preventDefault();
          open();
        }}
      >
        <SelectFace {...props} />
      </button>
    </>
  );
}

/** What the closed button shows. */
export function SelectFace<Value extends string>({ value, options, renderValue }: SelectProps<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <>
      {renderValue !== undefined ? (
        renderValue(chosen)
      ) : (
        <>
          {chosen?.icon}
          <span className={css.value}>{chosen?.label}</span>
        </>
      )}
      <Icon name="chevron-down" size={14} />
    </>
  );
}
