import { cloneElement, type HTMLAttributes, type ReactElement, type ReactNode, useState } from 'react';
import type { IconName } from './icons';
import css from './menu.module.css';
import { usePopups } from './popups';
import { opensByKey } from './press-on-arrival';

export interface MenuProps {
  /** The button itself, e.g. an IconButton. */
  trigger: ReactElement<HTMLAttributes<HTMLElement>>;
  /** What the list is called when read aloud. */
  label: string;
  placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end';
  children: ReactNode;
}

export interface MenuItemProps {
  icon?: IconName;
  description?: ReactNode;
  /** Marks the present choice. */
  checked?: boolean;
  disabled?: boolean;
  danger?: boolean;
  shortcut?: string;
  onSelect: () => void;
  children: ReactNode;
}

/** A button and the list of actions that it opens. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const parts = usePopups(wanted);
  if (parts !== null) return <parts.ActionMenu {...props} />;
  return cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
    onKeyDown: (event) => {
      if (!opensByKey(event.key)) return;
      event.preventDefault();
      setWanted(true);
    },
  });
}

/** A disabled item keeps its place under the arrow keys, so that its `description` can say why. */
export function MenuItem(props: MenuItemProps) {
  const parts = usePopups(true);
  return parts && <parts.ActionItem {...props} />;
}

export function MenuSeparator() {
  const parts = usePopups(true);
  return parts && <parts.ActionSeparator />;
}

/** Title over the items that follow. */
export function MenuHeading({ children }: { children: ReactNode }) {
  return (
    <div className={css.heading} role="presentation">
      {children}
    </div>
  );
}
