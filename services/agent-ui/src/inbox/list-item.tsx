import type { CSSProperties, ReactNode, Ref } from 'react';

/** Pixels, as `--row` says. */
export const ROW_HEIGHT = 64;

interface Props {
  style: CSSProperties;
  children: ReactNode;
  ref?: Ref<HTMLLIElement>;
}

/**
 * A row's place in the list. Virtua hides an item until it has measured it, and so styles and draws every row twice; the height of
 * these is known, and they are shown at once.
 */
export function ListItem({ style, children, ref }: Props) {
  return (
    <li ref={ref} style={{ ...style, visibility: undefined }}>
      {children}
    </li>
  );
}
