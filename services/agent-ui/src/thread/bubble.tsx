import type { ReactNode } from 'react';
import css from './bubble.module.css';

interface Props {
  side: 'in' | 'out';
  /** A mail is a card on paper, not a coloured bubble. */
  card?: boolean;
  follows: boolean;
  label: ReactNode;
  files?: ReactNode;
  /** Sits on the lower edge of what was said. */
  mark?: ReactNode;
  children?: ReactNode;
}

export function Bubble({ side, card = false, follows, label, files, mark, children }: Props) {
  const look = [css.message, side === 'out' && css.out, follows && css.follows];
  return (
    <article className={look.filter(Boolean).join(' ')} data-side={side}>
      {children !== undefined && <div className={card ? css.card : css.bubble}>{children}</div>}
      {files}
      {mark}
      {label}
    </article>
  );
}
