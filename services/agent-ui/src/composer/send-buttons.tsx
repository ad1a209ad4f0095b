import { Button, IconButton, Menu, MenuItem } from '../design';
import { useText } from '../i18n';
import { shownKeys } from '../navigation';
import css from './composer.module.css';

/** Keys as the button's hint shows them: the Enter key as its sign. */
const hint = (keys: readonly string[]) =>
  keys.map((key) => (key === 'Enter' ? '↵' : key)).join(keys[0] === '⌘' ? '' : ' ');

export function SendButtons({
  waiting,
  uploading,
  ready,
  onSend,
  onDoNotSendYet,
}: {
  waiting: boolean;
  /** What it waits for: files, or a look at its tags. */
  uploading: boolean;
  /** False: pressing it says what is missing. */
  ready: boolean;
  onSend: (complete: boolean) => void;
  onDoNotSendYet: () => void;
}) {
  const text = useText().composer;
  if (waiting)
    return (
      <div className={css.send}>
        <span className={css.waiting} role="status">
          {uploading ? text.waiting : text.checkingTags}
        </span>
        <Button onClick={onDoNotSendYet}>{text.stopWaiting}</Button>
      </div>
    );
  return (
    <div className={css.send}>
      <kbd className={css.keys} aria-hidden>
        {hint(shownKeys('send'))}
      </kbd>
      <div className={css.split}>
        <Button
          variant="primary"
          icon="send"
          className={css.sendButton}
          onClick={() => {
            onSend(false);
          }}
        >
          {text.send}
        </Button>
        <Menu
          label={text.sendMenu}
          placement="top-end"
          trigger={<IconButton icon="chevron-down" iconSize={14} label={text.sendMenu} className={css.sendMore} />}
        >
          <MenuItem
            icon="check"
            shortcut={shownKeys('sendAndComplete').join(' ')}
            disabled={!ready}
            onSelect={() => {
              onSend(true);
            }}
          >
            {text.sendAndComplete}
          </MenuItem>
        </Menu>
      </div>
    </div>
  );
}
