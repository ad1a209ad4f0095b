import type { ReactNode } from 'react';
import css from './empty-state.module.css';
import { Icon, type IconName } from './icons';

/** Says why a place is empty and what comes there. `good` draws the icon in the colour of success. */
export function EmptyState({
  icon,
  good = false,
  title,
  children,
  action,
}: {
  icon?: IconName;
  good?: boolean;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={css.empty}>
      {icon !== undefined && <Icon name={icon} size={28} className={good ? css.good : css.icon} />}
      <p className={css.title}>{title}</p>
      {children !== undefined && <div className={css.text}>{children}</div>}
      {action}
    </div>
  );
}
