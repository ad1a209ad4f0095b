import * as Ariakit from '@ariakit/react';
import { Icon } from './icons';
import { IN_PLACE } from './in-place';
import menu from './menu.module.css';
import { usePressOnArrival } from './press-on-arrival';
import css from './select.module.css';
import { SelectFace, type SelectProps } from './select';

/** A Select from its first opening on. */
export function ChoiceSelect<Value extends string>(props: SelectProps<Value>) {
  const { label, labelShown = false, value, options, onChange, quiet = false } = props;
  const { disabled = false, placement = 'bottom-start', className } = props;
  const button = usePressOnArrival();
  return (
    <Ariakit.ComboboxProvider
      selectedValue={value}
      setSelectedValue={(next: string) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option !== undefined && option.disabled !== true && option.value !== value) onChange(option.value);
      }}
      placement={placement}
    >
      <Ariakit.ComboboxSelectLabel className={labelShown ? css.label : 'only-read'}>
        {label}
      </Ariakit.ComboboxSelectLabel>
      <Ariakit.ComboboxSelect
        ref={button}
        className={[css.select, quiet && css.quiet, className].filter(Boolean).join(' ')}
        disabled={disabled}
        accessibleWhenDisabled
      >
        <SelectFace {...props} />
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
