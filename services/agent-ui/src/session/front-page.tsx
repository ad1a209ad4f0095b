import type { ReactNode } from 'react';
import { Icon } from '../design';
import css from './session.module.css';

/** What a person sees who is not signed in: one card on the canvas. */
export function FrontPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={css.page}>
      <div className={css.card}>
        <p className={css.brand}>
          <span className={css.mark}>
            <Icon name="chat" size={18} />
          </span>
          Conversations
        </p>
        <h1 className={css.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
