import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { createPortal } from 'react-dom';
import { Icon } from '../design';
import { useText } from '../i18n';
import css from './uploads.module.css';

/** Files and names of folders of what was dropped; the browser tells a folder from a file by its entry only. */
export function droppedFiles(transfer: DataTransfer): { files: File[]; folders: string[] } {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of transfer.items) {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (file === null) continue;
    if (item.webkitGetAsEntry()?.isDirectory === true) folders.push(file.name);
    else files.push(file);
  }
  return { files, folders };
}

/** The whole thread takes dropped files. A file dropped beside it does nothing, instead of replacing the page. */
export function DropArea({
  around,
  onFiles,
}: {
  around: RefObject<HTMLElement | null>;
  onFiles: (files: readonly File[], folders: readonly string[]) => void;
}) {
  const text = useText().composer;
  const [over, setOver] = useState<DOMRect | null>(null);
  const drop = useEffectEvent((transfer: DataTransfer) => {
    const { files, folders } = droppedFiles(transfer);
    if (files.length + folders.length > 0) onFiles(files, folders);
  });
  useEffect(() => {
    const thread = () => {
      const pane = around.current?.closest('[data-pane]') ?? around.current;
      return pane?.parentElement?.getBoundingClientRect() ?? null;
    };
    const isInside = ({ clientX: x, clientY: y }: DragEvent): boolean => {
      const rect = thread();
      return rect !== null && x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom;
    };
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const move = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = isInside(event) ? 'copy' : 'none';
      setOver(thread());
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(null);
    };
    const end = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      setOver(null);
      if (isInside(event)) drop(event.dataTransfer);
    };
    window.addEventListener('dragover', move);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', end);
    return () => {
      window.removeEventListener('dragover', move);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', end);
    };
  }, [around]);
  if (over === null) return null;
  const { left, top, width, height } = over;
  return createPortal(
    <div className={css.overlay} style={{ left, top, width, height }}>
      <p className={css.overlayText}>
        <Icon name="paperclip" size={20} />
        {text.dropHere}
      </p>
    </div>,
    document.body,
  );
}
