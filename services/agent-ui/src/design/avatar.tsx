import { type CSSProperties, useState } from 'react';
import css from './avatar.module.css';
import { hueOf, initialsOf } from './initials';

/**
 * A picture, or initials on a colour that stays the same for an id. `presence` adds the dot: filled green = online, hollow ring =
 * offline; its meaning must also stand in text nearby, as `presenceLabel` does for screen readers.
 */
export function Avatar({
  id,
  name,
  size = 36,
  picture = null,
  presence,
  presenceLabel,
}: {
  id: string;
  name: string;
  size?: number;
  /** Its address; the initials stay when it does not come. */
  picture?: string | null;
  presence?: 'ONLINE' | 'OFFLINE' | null;
  presenceLabel?: string;
}) {
  const [broken, setBroken] = useState<string | null>(null);
  const style = { '--hue': hueOf(id), '--size': `${size}px` } as CSSProperties;
  return (
    <span className={css.avatar} style={style}>
      <span aria-hidden>{initialsOf(name)}</span>
      {picture !== null && picture !== broken && (
        <img src={picture} alt="" className={css.picture} loading="lazy" onError={() => setBroken(picture)} />
      )}
      {presence != null && <span className={presence === 'ONLINE' ? css.online : css.offline} aria-hidden />}
      {presence != null && presenceLabel !== undefined && <span className="only-read">{presenceLabel}</span>}
    </span>
  );
}
