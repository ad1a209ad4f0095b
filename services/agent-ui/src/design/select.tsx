import * as Ariakit from '@ariakit/react';
import type { ReactNode } from 'react';
import { Icon } from './icons';
import { IN_PLACE } from './in-place';
import menu from './menu.module.css';
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

/** One choice of several. `quiet` draws the button without a frame, as the composer's channel does. */
export function Select<Value extends string>({
  label,
  labelShown = false,
  value,
  options,
  onChange,
  quiet = false,
  disabled = false,
  placement = 'bottom-start',
  renderValue,
  className,
  open,
  onOpenChange,
}: {
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
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Ariakit.ComboboxProvider
      selectedValue={value}
      setSelectedValue={(next: string) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option !== undefined && option.disabled !== true && option.value !== value) onChange(option.value);
      }}
      placement={placement}
      open={open}
      setOpen={onOpenChange}
    >
      <Ariakit.ComboboxSelectLabel className={labelShown ? css.label : 'only-read'}>
        {label}
      </Ariakit.ComboboxSelectLabel>
      <Ariakit.ComboboxSelect
        className={[css.select, quiet && css.quiet, className].filter(Boolean).join(' ')}
        disabled={disabled}
        accessibleWhenDisabled
      >
        {renderValue !== undefined ? (
          renderValue(chosen)
        ) : (
          <>
            {chosen?.icon}
            <span className={css.value}>{chosen?.label}</span>
          </>
        )}
        <Icon name="chevron-down" size={14} />
      </Ariakit.ComboboxSelect>
      <Ariakit.ComboboxPopover className={menu.menu} gutter={4} {...IN_PLACE}>
        {options.map((option) => (
          <Ariakit.ComboboxItem
            key={option.value}
            value={option.value}
            setValueOnClick={false}
            hideOnClick
            className={menu.item}
            disabled={option.disabled}
            accessibleWhenDisabled
          >
            {option.icon !== undefined && <span className={menu.icon}>{option.icon}</span>}
            <span className={menu.text}>
              <span>{option.label}</span>
              {option.description !== undefined && <span className={menu.description}>{option.description}</span>}
            </span>
            {option.value === value && <Icon name="check" className={menu.check} />}
          </Ariakit.ComboboxItem>
        ))}
      </Ariakit.ComboboxPopover>
    </Ariakit.ComboboxProvider>
  );
}
