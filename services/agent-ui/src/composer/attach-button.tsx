import { useRef } from 'react';
import { IconButton } from '../design';
import { useText } from '../i18n';

/** Chooses files by the system's dialog. */
export function AttachButton({ disabled, onFiles }: { disabled: boolean; onFiles: (files: readonly File[]) => void }) {
  const text = useText().composer;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        icon="paperclip"
        label={text.attach}
        aria-disabled={disabled}
        onClick={() => {
          if (!disabled) input.current?.click();
        }}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={text.attach}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again after it was removed.
          event.target.value = '';
        }}
      />
    </>
  );
}
