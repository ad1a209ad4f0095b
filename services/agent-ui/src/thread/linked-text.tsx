import { linkify } from './linkify';
import css from './linked-text.module.css';

/** A person's text: its lines as written, its addresses as links that learn nothing of this page. */
export function LinkedText({ text }: { text: string }) {
  return (
    <div className={css.text} dir="auto">
      {linkify(text).map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </div>
  );
}
