import { useId, useRef, useState } from 'react';
import { Button, Dialog, Field } from '../design';
import { useText } from '../i18n';
import { createCategory, type Refusal, updateCategory } from './changes';
import { lineOf, MAX_NAME } from './response-edit';
import type { SavedCategory } from './saved-responses-store';

/** Asks for the name of a new or present category. */
export function CategoryName({ category, onClose }: { category: SavedCategory | null; onClose: () => void }) {
  const { savedResponses: text, design } = useText();
  const form = useId();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(category?.name ?? '');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const over = lineOf(name).length - MAX_NAME;
  const error = over > 0 ? text.tooLong(over) : refusal === null ? undefined : text.errors[refusal.code];

  const save = async () => {
    if (busy || lineOf(name) === '' || over > 0) return;
    setBusy(true);
    const refused = category === null ? await createCategory(name) : await updateCategory(category, { name });
    setBusy(false);
    setRefusal(refused);
    if (refused === null) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={category === null ? text.newCategory : text.rename}
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose}>{design.cancel}</Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            busy={busy}
            aria-disabled={lineOf(name) === '' || over > 0}
          >
            {category === null ? text.create : text.save}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          ref={field}
          label={text.categoryName}
          value={name}
          autoComplete="off"
          error={error}
          onChange={(event) => {
            setName(event.target.value);
            setRefusal(null);
          }}
        />
      </form>
    </Dialog>
  );
}
