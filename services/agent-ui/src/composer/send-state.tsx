import { useText } from '../i18n';
import css from './composer.module.css';
import { type Offer, takesFiles } from './reply-options';
import type { SendProblem } from './send-problem';
import { COUNTER_FROM, lengthOf } from './text-length';
import type { Upload } from './upload-list';

/** Beside Send: characters left near the limit, and after a press what keeps the reply here. */
export function SendState({
  problem,
  offer,
  text: written,
  uploads,
}: {
  /** Set from a refused press of Send until the reply changes. */
  problem: SendProblem | null;
  offer: Offer | undefined;
  text: string;
  uploads: readonly Upload[];
}) {
  const text = useText().composer;
  const left = (offer?.maxLength ?? Infinity) - lengthOf(written);
  const filesNotTaken = uploads.length > 0 && offer?.available === true && !takesFiles(offer.channel);
  const problems: Record<SendProblem, string | null> = {
    EMPTY: text.nothingToSend,
    FILES_FAILED: text.removeProblems,
    FILES_NOT_TAKEN: text.filesOnChatOnly,
    // Said by the counter and by the notice above the box.
    TOO_LONG: null,
    UNAVAILABLE: null,
  };
  const message = filesNotTaken ? text.filesOnChatOnly : problem === null ? null : problems[problem];
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
