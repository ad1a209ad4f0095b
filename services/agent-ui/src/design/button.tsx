import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import css from './button.module.css';
import { Icon, type IconName } from './icons';

interface Look {
  /** One primary button a screen; quiet ones have no frame; danger takes something away. */
  variant?: 'primary' | 'default' | 'quiet' | 'danger';
  size?: 'small' | 'medium';
  icon?: IconName;
  children: ReactNode;
}

const classes = ({ variant = 'default', size = 'medium' }: Look, more?: string): string =>
  [css.button, css[variant], size === 'small' && css.small, more].filter(Boolean).join(' ');

/** `busy` keeps its place and its focus, and takes no second click. */
export function Button({
  variant,
  size,
  icon,
  busy = false,
  children,
  className,
  onClick,
  ...rest
}: Look & { busy?: boolean } & Omit<ComponentProps<'button'>, 'children'>) {
  return (
    <button
      type="button"
      {...rest}
      className={classes({ variant, size, children }, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      onClick={(event) => {
        if (busy || rest['aria-disabled'] === true) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ href, className, ...look }: Look & { href: string; className?: string }) {
  return (
    <Link href={href} className={classes(look, className)}>
      {look.icon !== undefined && <Icon name={look.icon} />}
      {look.children}
    </Link>
  );
}
