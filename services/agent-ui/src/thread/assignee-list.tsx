import * as Ariakit from '@ariakit/react';
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import { actions, type ConversationRow, useAgents } from '../data';
import { Avatar, Icon, IN_PLACE, Tooltip, usePressOnArrival } from '../design';
import { useText } from '../i18n';
import { useViewer } from '../session';
import { assignableAgents } from './assignable-agents';
import css from './assignee-select.module.css';
import { useReportRefusal } from './report-refusal';

const NOBODY = 'nobody';

/** The assignee's button with the list of agents, from its first opening on. */
export function AssigneeList({
  conversation,
  button,
  hint,
}: {
  conversation: ConversationRow;
  button: ReactElement;
  hint: string;
}) {
  const text = useText().thread;
  const agents = useAgents();
  const { agent: viewer } = useViewer();
  const report = useReportRefusal();
  const [search, setSearch] = useState('');
  const arrived = usePressOnArrival();
  const { assignee } = conversation;
  const able = useMemo(() => assignableAgents(agents ?? [], viewer.id), [agents, viewer.id]);
  const wanted = search.trim().toLocaleLowerCase();
  const found = able.filter(({ displayName }) => displayName.toLocaleLowerCase().includes(wanted));

  const choose = (id: string) => {
    if (id !== (assignee?.id ?? NOBODY)) void report(actions.assign(conversation.id, id === NOBODY ? null : id));
  };
  return (
    <Ariakit.ComboboxProvider
      resetValueOnHide
      setInputValue={setSearch}
      selectedValue={assignee?.id ?? NOBODY}
      setSelectedValue={choose}
      placement="bottom-end"
    >
      <Tooltip text={hint}>
        <Ariakit.ComboboxSelect ref={arrived} render={button} />
      </Tooltip>
      <Ariakit.ComboboxPopover className={css.popover} gutter={4} {...IN_PLACE} aria-label={text.assignee}>
        <div className={css.search}>
          <Icon name="search" size={14} />
          <Ariakit.ComboboxInput
            autoSelect
            placeholder={text.searchAgents}
            aria-label={text.searchAgents}
            className={css.field}
          />
        </div>
        <Ariakit.ComboboxList className={css.list} aria-label={text.assignee}>
          {wanted === '' && (
            <Choice value={NOBODY} chosen={assignee === null}>
              <Icon name="person" size={18} />
              {text.nobody}
            </Choice>
          )}
          {found.map(({ id, displayName }) => (
            <Choice key={id} value={id} chosen={assignee?.id === id}>
              <Avatar id={id} name={displayName} size={22} />
              <bdi>{id === viewer.id ? text.me(displayName) : displayName}</bdi>
            </Choice>
          ))}
        </Ariakit.ComboboxList>
        {found.length === 0 && (
          <p className={css.none} role="status">
            {agents === null ? text.agentsFailed : text.noAgentFound}
          </p>
        )}
      </Ariakit.ComboboxPopover>
    </Ariakit.ComboboxProvider>
  );
}

function Choice({ value, chosen, children }: { value: string; chosen: boolean; children: ReactNode }) {
  return (
    <Ariakit.ComboboxItem value={value} className={css.item} setValueOnClick={false} hideOnClick>
      {children}
      {chosen && <Icon name="check" className={css.check} />}
    </Ariakit.ComboboxItem>
  );
}
