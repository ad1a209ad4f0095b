import * as Ariakit from '@ariakit/react';
import { useText } from '../i18n';
import type { DialogProps } from './dialog';
import css from './dialog.module.css';
import { Icon } from './icons';

/** Drawn only while it is open, or closing. */
export function DialogWindow({
  open,
  onClose,
  title,
  drawer = false,
  wide = false,
  initialFocus,
  children,
  footer,
}: DialogProps) {
  const text = useText();
  return (
    <Ariakit.Dialog
      open={open}
      onClose={(event) => {
        if (onClose === undefined) event.preventDefault();
        else onClose();
      }}
      hideOnEscape={onClose !== undefined}
      hideOnInteractOutside={onClose !== undefined}
      unmountOnHide
      backdrop={<div className={css.backdrop} />}
      className={[css.dialog, drawer ? css.drawer : css.centre, wide && css.wide].filter(Boolean).join(' ')}
      initialFocus={initialFocus}
    >
      <header className={css.header}>
        <Ariakit.DialogHeading className={css.title}>{title}</Ariakit.DialogHeading>
        {onClose !== undefined && (
          <Ariakit.DialogDismiss className={css.close} aria-label={text.design.close}>
            <Icon name="close" size={18} />
          </Ariakit.DialogDismiss>
        )}
      </header>
      <div className={css.body}>{children}</div>
      {footer !== undefined && <footer className={css.footer}>{footer}</footer>}
    </Ariakit.Dialog>
  );
}
