import * as Ariakit from '@ariakit/react';
import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icons';
import { IN_PLACE } from './in-place';
import css from './menu.module.css';

/** A button and the list of actions that it opens. */
export function Menu({
  trigger,
  label,
  placement = 'bottom-end',
  children,
}: {
  /** The button itself, e.g. an IconButton. */
  trigger: ReactElement;
  /** What the list is called when read aloud. */
  label: string;
  placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end';
  children: ReactNode;
}) {
  return (
    <Ariakit.MenuProvider placement={placement}>
      <Ariakit.MenuButton render={trigger} />
      <Ariakit.Menu className={css.menu} aria-label={label} gutter={4} {...IN_PLACE}>
        {children}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  );
}

/** A disabled item keeps its place under the arrow keys, so that its `description` can say why. */
export function MenuItem({
  icon,
  description,
  checked,
  disabled = false,
  danger = false,
  shortcut,
  onSelect,
  children,
}: {
  icon?: IconName;
  description?: ReactNode;
  /** Marks the present choice. */
  checked?: boolean;
  disabled?: boolean;
  danger?: boolean;
  shortcut?: string;
  onSelect: () => void;
  children: ReactNode;
}) {
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

export function MenuSeparator() {
  return <Ariakit.MenuSeparator className={css.separator} />;
}

/** Title over the items that follow. */
export function MenuHeading({ children }: { children: ReactNode }) {
  return (
    <div className={css.heading} role="presentation">
      {children}
    </div>
  );
}
