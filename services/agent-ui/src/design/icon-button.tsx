import type { ComponentProps } from 'react';
import css from './icon-button.module.css';
import { Icon, type IconName } from './icons';
import { Tooltip } from './tooltip';

/** A button that shows an icon only; its label is read aloud and shown as a tooltip, with the shortcut beside it. */
export function IconButton({
  icon,
  label,
  shortcut,
  iconSize = 18,
  className,
  pressed,
  ...rest
}: {
  icon: IconName;
  label: string;
  shortcut?: string;
  iconSize?: number;
  pressed?: boolean;
} & Omit<ComponentProps<'button'>, 'children' | 'aria-label'>) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        {...rest}
        className={className === undefined ? css.button : `${css.button ?? ''} ${className}`}
        aria-label={label}
        aria-pressed={pressed}
      >
        <Icon name={icon} size={iconSize} />
      </button>
    </Tooltip>
  );
}
