import type { RefObject } from 'react';
import { Button, Icon } from '../design';
import { useText } from '../i18n';
import { insertText } from './insert-text';
import { corrected, type ShownTag, shownTags } from './shown-tags';
import css from './tag-marks.module.css';
import type { CheckedText } from './use-reply-preview';

/**
 * The tags of a text box that cannot mark them inside: each one that keeps the text from being sent is a button that
 * selects it, with the reason and the ways out; each other one says what is sent in its place.
 */
export function TagMarks({
  checked,
  text,
  box,
  locked,
}: {
  checked: CheckedText | null;
  text: string;
  box: RefObject<HTMLTextAreaElement | null>;
  locked: boolean;
}) {
  const words = useText().tags;
  const { open, filled } = shownTags(checked, text);
  const put = (replacement: string, from: number, to: number) => {
    if (box.current !== null && !locked) insertText(box.current, replacement, from, to);
  };
  return (
    <>
      <p className="only-read" role="status">
        {open.length > 0 && words.open(open.length)}
      </p>
      {open.length + filled.length > 0 && (
        <ul className={css.tags} aria-label={words.label}>
          {open.map((tag) => (
            <OpenTag key={tag.at} tag={tag} box={box} put={put} />
          ))}
          {filled.map(({ written, value }) => (
            <li key={written} className={css.filled}>
              <code className={css.written}>{written}</code>
              <span aria-hidden>→</span>
              <span className="only-read">{words.sentAs}</span>
              <bdi className={css.value}>{value === '' ? words.nothing : value}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function OpenTag({
  tag: { written, at, problem, suggestion },
  box,
  put,
}: {
  tag: ShownTag;
  box: RefObject<HTMLTextAreaElement | null>;
  put: (replacement: string, from: number, to: number) => void;
}) {
  const words = useText().tags;
  const end = at + written.length;
  return (
    <li className={css.open}>
      <Icon name="warning" size={14} />
      <button
        type="button"
        className={css.written}
        onClick={() => {
          box.current?.focus();
          box.current?.setSelectionRange(at, end);
        }}
      >
        <span className="only-read">{words.select} </span>
        {written}
      </button>
      <span>{problem === 'UNKNOWN' ? words.unknown : words.noValue}</span>
      {suggestion !== null && (
        <Button
          size="small"
          onClick={() => {
            put(corrected(written, suggestion), at, end);
          }}
        >
          {words.use(corrected(written, suggestion))}
        </Button>
      )}
      {problem === 'UNKNOWN' && (
        <Button
          size="small"
          onClick={() => {
            put('\\', at, at);
          }}
        >
          {words.keepAsText}
        </Button>
      )}
    </li>
  );
}
