import type { ReactNode } from 'react';
import css from './banner.module.css';
import { Icon, type IconName } from './icons';

/** A line across a pane that says what is wrong and, by `action`, the way out. Danger is announced at once. */
export function Banner({
  tone,
  icon,
  children,
  action,
}: {
  tone: 'warn' | 'danger' | 'info';
  icon?: IconName;
  children: ReactNode;
  /** A small Button or two. */
  action?: ReactNode;
}) {
  return (
    <div className={`${css.banner ?? ''} ${css[tone] ?? ''}`} role={tone === 'danger' ? 'alert' : 'status'}>
      {icon !== undefined && <Icon name={icon} />}
      <span className={css.text}>{children}</span>
      {action}
    </div>
  );
}
