import * as Ariakit from '@ariakit/react';
import { Icon } from './icons';
import { IN_PLACE } from './in-place';
import type { MenuItemProps, MenuProps } from './menu';
import css from './menu.module.css';
import { usePressOnArrival } from './press-on-arrival';

export function ActionMenu({ trigger, label, placement = 'bottom-end', children }: MenuProps) {
  const button = usePressOnArrival();
  return (
    <Ariakit.MenuProvider placement={placement}>
      <Ariakit.MenuButton ref={button} render={trigger} />
      <Ariakit.Menu className={css.menu} aria-label={label} gutter={4} {...IN_PLACE}>
        {children}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  );
}

export function ActionItem({
  icon,
  description,
  checked,
  disabled = false,
  danger = false,
  shortcut,
  onSelect,
  children,
}: MenuItemProps) {
  return (
    <Ariakit.MenuItem
      className={danger ? `${css.item ?? ''} ${css.danger ?? ''}` : css.item}
      disabled={disabled}
      accessibleWhenDisabled
      role={checked === undefined ? undefined : 'menuitemcheckbox'}
      aria-checked={checked}
      onClick={onSelect}
    >
      {icon !== undefined && <Icon name={icon} className={css.icon} />}
      <span className={css.text}>
        <span>{children}</span>
        {description !== undefined && <span className={css.description}>{description}</span>}
      </span>
      {shortcut !== undefined && <kbd className={css.shortcut}>{shortcut}</kbd>}
      {checked === true && <Icon name="check" className={css.check} />}
    </Ariakit.MenuItem>
  );
}

export function ActionSeparator() {
  return <Ariakit.MenuSeparator className={css.separator} />;
}
