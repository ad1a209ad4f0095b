import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { ConfirmDialog } from '../design';

/** The page that a click leads to, when it leads away from this one in this tab. */
function targetOf(event: MouseEvent): string | null {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return null;
  if (link.origin !== window.location.origin || link.pathname === window.location.pathname) return null;
  return link.pathname + link.search + link.hash;
}

/** Asks before a link leads away from unsaved changes. */
export function LeaveGuard({
  unsaved,
  title,
  leaveLabel,
  danger = false,
  onLeave,
  children,
}: {
  unsaved: boolean;
  title: string;
  leaveLabel: string;
  /** Leaving loses the changes. */
  danger?: boolean;
  onLeave?: () => void;
  children: ReactNode;
}) {
  const [, navigate] = useLocation();
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: MouseEvent) => {
      const href = targetOf(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    document.addEventListener('click', ask, { capture: true });
    return () => {
      document.removeEventListener('click', ask, { capture: true });
    };
  }, [unsaved]);
  return (
    <ConfirmDialog
      open={target !== null}
      title={title}
      confirmLabel={leaveLabel}
      danger={danger}
      onCancel={() => {
        setTarget(null);
      }}
      onConfirm={() => {
        if (target === null) return;
        onLeave?.();
        setTarget(null);
        navigate(target);
      }}
    >
      <p>{children}</p>
    </ConfirmDialog>
  );
}
