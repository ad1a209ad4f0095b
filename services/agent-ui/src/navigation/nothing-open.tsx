import { EmptyState } from '../design';
import { useText } from '../i18n';
import { FirstRun, useIsFirstRun } from '../settings/first-run';
import css from './nothing-open.module.css';

/** Where the thread will stand: how to begin while there is no conversation at all, afterwards a word on what to do. */
export function NothingOpen() {
  const text = useText().inbox;
  const firstRun = useIsFirstRun();
  if (firstRun === true)
    return (
      <div className={css.firstRun}>
        <FirstRun />
      </div>
    );
  return (
    <div className={css.empty}>
      {firstRun === false && (
        <EmptyState icon="inbox" title={text.noneOpen}>
          {text.noneOpenHint}
        </EmptyState>
      )}
    </div>
  );
}
