import { useId, useRef } from 'react';
import { Field, Select } from '../design';
import { useText } from '../i18n';
import { InsertTag, TagMarks, useReplyPreview } from '../reply-tags';
import type { Refusal, ResponseInput } from './changes';
import { type EditProblems, MAX_BODY } from './response-edit';
import css from './response-editor.module.css';
import type { SavedCategory } from './saved-responses-store';

/** Characters left from which on the counter shows. */
const COUNTER_FROM = 500;

export function ResponseFields({
  edit,
  categories,
  problems,
  refusal,
  readOnly,
  onWrite,
}: {
  edit: ResponseInput;
  categories: readonly SavedCategory[];
  problems: EditProblems;
  refusal: Refusal | null;
  readOnly: boolean;
  onWrite: (change: Partial<ResponseInput>) => void;
}) {
  const text = useText().savedResponses;
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const checked = useReplyPreview(null, edit.body);
  const say = (problem: EditProblems['title'], missing: string) =>
    problem === undefined ? undefined : problem === 'MISSING' ? missing : text.tooLong(problem.over);
  const refused = (field: string) => (refusal?.field === field ? text.errors[refusal.code] : undefined);
  const bodyError = say(problems.body, text.bodyMissing) ?? refused('body');
  const left = MAX_BODY - edit.body.length;
  return (
    <>
      <Field
        label={text.titleField}
        hint={text.titleHint}
        value={edit.title}
        readOnly={readOnly}
        required
        autoComplete="off"
        error={say(problems.title, text.titleMissing) ?? refused('title')}
        onChange={(event) => {
          onWrite({ title: event.target.value });
        }}
      />
      <div>
        <Select
          label={text.category}
          labelShown
          value={edit.categoryId ?? ''}
          disabled={readOnly}
          className={css.category}
          onChange={(chosen) => {
            onWrite({ categoryId: chosen === '' ? null : chosen });
          }}
          options={[
            ...categories.map((category) => ({ value: category.id, label: category.name })),
            { value: '', label: text.noCategory },
          ]}
        />
      </div>
      <div className={css.bodyField}>
        <div className={css.bodyTop}>
          <label className={css.label} htmlFor={`${id}-body`}>
            {text.bodyField}
          </label>
          {!readOnly && checked !== null && <InsertTag offered={checked.preview.offered} box={box} />}
        </div>
        <TagMarks checked={checked} text={edit.body} box={box} locked={readOnly} />
        <textarea
          ref={box}
          id={`${id}-body`}
          className={css.body}
          value={edit.body}
          readOnly={readOnly}
          required
          dir="auto"
          aria-invalid={bodyError === undefined ? undefined : true}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            onWrite({ body: event.target.value });
          }}
        />
        <p id={`${id}-hint`} className={css.hint}>
          {bodyError !== undefined ? (
            <span className={css.error}>{bodyError}</span>
          ) : left <= COUNTER_FROM ? (
            left < 0 ? (
              <span className={css.error}>{text.tooLong(-left)}</span>
            ) : (
              text.charactersLeft(left)
            )
          ) : (
            text.bodyHint
          )}
        </p>
      </div>
    </>
  );
}
