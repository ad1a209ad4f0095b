import { useFormat, useText } from '../i18n';
import css from './composer.module.css';

/** Takes the place of the text box while Messenger's window is closed; what was written stays to be read and copied. */
export function WindowClosed({ closedAt, name, draft }: { closedAt: string | null; name: string; draft: string }) {
  const text = useText().composer;
  const format = useFormat();
  const when = (at: string): string => {
    const days = Math.round((startOfDay(Date.now()) - startOfDay(new Date(at).getTime())) / 86_400_000);
    if (days === 0) return text.windowToday(format.clock(at));
    if (days === 1) return text.windowYesterday(format.clock(at));
    return text.windowOn(format.full(at));
  };
  return (
    <div className={css.closed}>
      <p>{closedAt === null ? text.windowClosedUnknown(name) : text.windowClosed(when(closedAt), name)}</p>
      {draft.trim() !== '' && (
        <>
          <p>{text.draftKept}</p>
          <p className={css.keptDraft} dir="auto">
            {draft}
          </p>
        </>
      )}
    </div>
  );
}

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
