import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessageView } from '../src/views';
import type { Text } from './text';

interface Props {
  text: Text;
  editing: MessageView | undefined;
  cancel: () => void;
  write: (written: object) => void;
  save: (mid: string, changed: string) => void;
}

export function Composer({ text, editing, cancel, write, save }: Props) {
  const [draft, setDraft] = useState('');
  const [changed, setChanged] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    setChanged(editing?.text ?? '');
    if (editing) field.current?.focus();
  }, [editing]);

  const value = editing ? changed : draft;
  const submit = () => {
    const written = value.trim();
    if (written === '') return;
    if (editing) save(editing.mid, written);
    else {
      write({ text: written });
      setDraft('');
    }
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {editing && (
        <p class="editing">
          {text.editing}
          <button type="button" onClick={cancel}>
            {text.cancel}
          </button>
        </p>
      )}
      {!editing && <PicturePicker {...{ text, write }} />}
      <textarea
        ref={field}
        rows={1}
        aria-label={text.write}
        placeholder={text.write}
        value={value}
        onInput={({ currentTarget }) => (editing ? setChanged : setDraft)(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            submit();
          }
          if (event.key === 'Escape' && editing) cancel();
        }}
      />
      <button type="submit" class="send" aria-label={editing ? text.save : text.send}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M3 20.5 21.5 12 3 3.5l2.2 7L15 12l-9.8 1.5z" />
        </svg>
      </button>
    </form>
  );
}

function PicturePicker({ text, write }: Pick<Props, 'text' | 'write'>) {
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File) => {
    const [type = ''] = file.type.split('/');
    const kind = ['image', 'audio', 'video'].includes(type) ? type : 'file';
    const contentType = file.type || 'application/octet-stream';
    write({ files: [{ type: kind, contentType, fileName: file.name, base64: await toBase64(file) }] });
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) void take(file);
          currentTarget.value = '';
        }}
      />
      <button type="button" class="attach" aria-label={text.picture} onClick={() => input.current?.click()}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6c0-1.100.9-2 2-2m0 13h16l-5-7-4 5-3-3.500z" />
        </svg>
      </button>
    </>
  );
}

function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : '');
    reader.onerror = () => reject(new Error(file.name));
    reader.readAsDataURL(file);
  });
}
