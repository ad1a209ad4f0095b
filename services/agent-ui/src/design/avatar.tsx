import type { CSSProperties } from 'react';
import css from './avatar.module.css';
import { hueOf, initialsOf } from './initials';

/**
 * Initials on a colour that stays the same for an id. `presence` adds the dot: filled green = online, hollow ring =
 * offline; its meaning must also stand in text nearby, as `presenceLabel` does for screen readers.
 */
export function Avatar({
  id,
  name,
  size = 36,
  presence,
  presenceLabel,
}: {
  id: string;
  name: string;
  size?: number;
  presence?: 'ONLINE' | 'OFFLINE' | null;
  presenceLabel?: string;
}) {
  const style = { '--hue': hueOf(id), '--size': `${size}px` } as CSSProperties;
  return (
    <span className={css.avatar} style={style}>
      <span aria-hidden>{initialsOf(name)}</span>
      {presence != null && <span className={presence === 'ONLINE' ? css.online : css.offline} aria-hidden />}
      {presence != null && presenceLabel !== undefined && <span className="only-read">{presenceLabel}</span>}
    </span>
  );
}
