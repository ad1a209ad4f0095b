import { type Ref, useLayoutEffect, useRef } from 'react';
import css from './composer.module.css';

/** A plain text box that grows with its text up to a limit, then scrolls. */
export function GrowingText({
  ref,
  value,
  label,
  placeholder,
  readOnly,
  onWrite,
  onFiles,
}: {
  ref: Ref<HTMLTextAreaElement>;
  value: string;
  label: string;
  placeholder: string;
  readOnly: boolean;
  onWrite: (value: string) => void;
  onFiles: (files: readonly File[]) => void;
}) {
  // The same text behind the box gives its height: measuring the box itself would lay out the page at every key.
  const mirror = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (mirror.current !== null) mirror.current.textContent = `${value}\n`;
  }, [value]);
  return (
    <div className={css.growing}>
      <div ref={mirror} className={css.mirror} aria-hidden />
      <textarea
        ref={ref}
        className={css.text}
        value={value}
        readOnly={readOnly}
        aria-label={label}
        placeholder={placeholder}
        rows={2}
        dir="auto"
        spellCheck
        onChange={(event) => {
          onWrite(event.target.value);
        }}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          // Office programs put a picture of the copied text beside it: the text is what was meant.
          if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
          event.preventDefault();
          onFiles(files);
        }}
      />
    </div>
  );
}
