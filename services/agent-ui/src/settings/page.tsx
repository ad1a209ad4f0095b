import type { ReactNode } from 'react';
import css from './page.module.css';

/** A page of one column under its name; a wide one has room for something beside it. */
export function Page({
  title,
  action,
  wide = false,
  children,
}: {
  title: string;
  action?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={css.page}>
      <div className={wide ? `${css.column ?? ''} ${css.wide ?? ''}` : css.column}>
        <header className={css.header}>
          <h1 className={css.title}>{title}</h1>
          {action}
        </header>
        {children}
      </div>
    </div>
  );
}

/** A part of a page that is about one thing. */
export function Section({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      <h2 className={css.name}>{title}</h2>
      {hint !== undefined && <p className={css.hint}>{hint}</p>}
      <div className={css.body}>{children}</div>
    </section>
  );
}
