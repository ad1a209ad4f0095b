import { useText } from '../i18n';
import css from './composer.module.css';
import type { Offer } from './reply-options';
import type { SendProblem } from './send-problem';
import { COUNTER_FROM, lengthOf } from './text-length';

/** Beside Send: characters left near the limit, and after a press what keeps the reply here. */
export function SendState({
  problem,
  offer,
  text: written,
}: {
  /** Set from a refused press of Send until the reply changes. */
  problem: SendProblem | null;
  offer: Offer | undefined;
  /** As it would be sent. */
  text: string;
}) {
  const text = useText().composer;
  const left = (offer?.maxLength ?? Infinity) - lengthOf(written);
  const problems: Record<SendProblem, string | null> = {
    EMPTY: text.nothingToSend,
    FILES_FAILED: text.removeProblems,
    TAGS: text.mendTags,
    // Said by the counter and by the notice above the box.
    TOO_LONG: null,
    UNAVAILABLE: null,
  };
  const message = problem === null ? null : problems[problem];
  return (
    <p className={css.state} role="status">
      {left < 0 ? (
        <span className={css.over}>{text.tooLong(-left)}</span>
      ) : left <= COUNTER_FROM ? (
        <span>{text.charactersLeft(left)}</span>
      ) : null}
      {message !== null && <span className={css.over}>{message}</span>}
    </p>
  );
}
