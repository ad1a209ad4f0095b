import { type ReactNode, type RefObject, useState } from 'react';
import { usePopups } from './popups';

export interface DialogProps {
  open: boolean;
  /** Left out: the dialog stays until the work in it is done. */
  onClose?: () => void;
  title: string;
  drawer?: boolean;
  wide?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
  footer?: ReactNode;
}

/** A modal dialog, or a drawer at the end of the line. Closes with Escape unless `onClose` is left out. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open);
  if (props.open && !wanted) setWanted(true);
  const parts = usePopups(wanted);
  return parts && <parts.DialogWindow {...props} />;
}
