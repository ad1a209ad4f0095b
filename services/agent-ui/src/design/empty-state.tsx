import type { ReactNode } from 'react';
import css from './empty-state.module.css';
import { Icon, type IconName } from './icons';

/** Says why a place is empty and what comes there. `good` draws the icon in the colour of success. */
export function EmptyState({
  icon,
  good = false,
  title,
  heading: Title = 'p',
  children,
  action,
}: {
  icon?: IconName;
  good?: boolean;
  title: string;
  /** `h1` where nothing else names the page. */
  heading?: 'h1' | 'p';
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={css.empty}>
      {icon !== undefined && <Icon name={icon} size={28} className={good ? css.good : css.icon} />}
      <Title className={css.title}>{title}</Title>
      {children !== undefined && <div className={css.text}>{children}</div>}
      {action}
    </div>
  );
}
