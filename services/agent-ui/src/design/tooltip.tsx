import { Tooltip as Bubble, TooltipAnchor, TooltipProvider } from '@ariakit/react';
import type { ReactElement } from 'react';
import css from './tooltip.module.css';

/** Shown on hover and on keyboard focus. The child keeps its own accessible name: this adds nothing to it. */
export function Tooltip({ text, shortcut, children }: { text: string; shortcut?: string; children: ReactElement }) {
  return (
    <TooltipProvider timeout={400} placement="top">
      <TooltipAnchor render={children} />
      <Bubble className={css.tooltip} gutter={6} aria-hidden unmountOnHide>
        {text}
        {shortcut !== undefined && <kbd className={css.shortcut}>{shortcut}</kbd>}
      </Bubble>
    </TooltipProvider>
  );
}
