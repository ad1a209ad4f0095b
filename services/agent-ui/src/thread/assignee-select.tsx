import { cloneElement, type KeyboardEvent, useState } from 'react';
import type { ConversationRow } from '../data';
import { Avatar, Icon, lazyCode, opensByKey, Tooltip } from '../design';
import { useText } from '../i18n';
import { useViewer } from '../session';
import css from './assignee-select.module.css';

const useList = lazyCode(() => import('./assignee-list'));

/** Who is in charge; opened, it gives the conversation to another agent. */
export function AssigneeSelect({ conversation }: { conversation: ConversationRow }) {
  const text = useText().thread;
  const { agent: viewer } = useViewer();
  const [wanted, setWanted] = useState(false);
  const list = useList(wanted);
  const { assignee } = conversation;
  const mayAct = viewer.role !== 'VIEWER';
  const label = text.assigneeIs(assignee?.displayName ?? text.nobody);
  const button = (
    <button
      type="button"
      className={css.button}
      aria-disabled={!mayAct || undefined}
      aria-label={mayAct ? label : `${label}. ${text.viewersCannot}`}
    >
      {assignee === null ? (
        <Icon name="person" size={18} />
      ) : (
        <Avatar id={assignee.id} name={assignee.displayName} size={22} />
      )}
      <bdi className={css.name}>{assignee?.displayName ?? text.nobody}</bdi>
      <Icon name="chevron-down" size={14} />
    </button>
  );
  const hint = mayAct ? label : text.viewersCannot;
  if (list !== null) return <list.AssigneeList conversation={conversation} button={button} hint={hint} />;
  return (
    <Tooltip text={hint}>
      {cloneElement(button, {
        role: 'combobox',
        'aria-haspopup': 'dialog',
        'aria-expanded': false,
        onClick: () => setWanted(mayAct),
        onKeyDown: (event: KeyboardEvent) => {
          if (!opensByKey(event.key)) return;
          event.preventDefault();
          setWanted(mayAct);
        },
      })}
    </Tooltip>
  );
}
