import { cloneElement, type HTMLAttributes, type ReactElement } from 'react';

/**
 * Shown on hover and on keyboard focus by the one TooltipLayer of the page. The child keeps its own accessible name and
 * must give `data-` attributes on to its element.
 */
export function Tooltip({
  text,
  shortcut,
  children,
}: {
  text: string;
  shortcut?: string;
  children: ReactElement<HTMLAttributes<HTMLElement>>;
}) {
  const data = { 'data-tooltip': text, 'data-tooltip-keys': shortcut };
  return cloneElement(children, data as HTMLAttributes<HTMLElement>);
}
