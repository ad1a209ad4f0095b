import type { ReactNode } from 'react';
import css from './page.module.css';

/** A page of one column under its name. */
export function Page({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className={css.page}>
      <div className={css.column}>
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
