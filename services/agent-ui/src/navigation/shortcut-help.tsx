import { Fragment } from 'react';
import { Dialog } from '../design';
import { useText } from '../i18n';
import { SHORTCUTS, shownKeys, singleKeysAreOn, type ShortcutName } from './shortcuts';
import css from './shortcut-help.module.css';

const NAMES = Object.keys(SHORTCUTS) as ShortcutName[];

/** The keyboard map, opened by `?`. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const text = useText().navigation;
  return (
    <Dialog open={open} onClose={onClose} title={text.shortcuts}>
      <dl className={css.list}>
        {NAMES.map((name) => (
          <Fragment key={name}>
            <dt>{text.shortcutNames[name]}</dt>
            <dd className={css.keys}>
              {shownKeys(name).map((key) => (
                <kbd className={css.key} key={key}>
                  {key}
                </kbd>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
      {!singleKeysAreOn() && <p className={css.note}>{text.singleKeysAreOff}</p>}
    </Dialog>
  );
}
