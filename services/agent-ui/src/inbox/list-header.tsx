import { Link } from 'wouter';
import { type InboxFilter, useAgents, useCounters } from '../data';
import { Button, Icon, IconButton, Menu, MenuHeading, MenuItem, MenuSeparator } from '../design';
import { useFormat, useText } from '../i18n';
import { useViewer } from '../session';
import { assignableAgents } from '../thread/assignable-agents';
import { CHANNELS, switched, toggledChannel, useActiveFilters } from './active-filters';
import { withoutNarrowing } from './filter-address';
import css from './list-header.module.css';
import { SearchField } from './search-field';

interface Props {
  filter: InboxFilter;
  /** Address of the list with another filter; the open conversation stays. */
  hrefOf: (filter: InboxFilter) => string;
  onChange: (filter: InboxFilter) => void;
}

export function ListHeader({ filter, hrefOf, onChange }: Props) {
  const { inbox: text } = useText();
  const counters = useCounters();
  const format = useFormat();
  const open = counters === null ? text.open : text.openCount(format.number(counters.open));
  const statuses = [
    { status: 'OPEN', label: open },
    { status: 'COMPLETED', label: text.completed },
  ] as const;
  return (
    <header className={css.header}>
      <div className={css.top}>
        <h1 className={css.title}>{text.title}</h1>
        <nav className={css.statuses} aria-label={text.statusLabel}>
          {statuses.map(({ status, label }) => (
            <Link
              key={status}
              href={hrefOf({ ...filter, status })}
              className={css.status}
              aria-current={filter.status === status ? 'true' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
      </div>
      <SearchField filter={filter} onChange={onChange} menu={<FilterMenu filter={filter} onChange={onChange} />} />
      <FilterChips filter={filter} onChange={onChange} />
    </header>
  );
}

function FilterMenu({ filter, onChange }: Pick<Props, 'filter' | 'onChange'>) {
  const { inbox: text, design } = useText();
  const { agent: viewer } = useViewer();
  const owners = assignableAgents(useAgents() ?? [], viewer.id);
  const active = useActiveFilters(filter).length;
  const label = active === 0 ? text.filters : text.filtersActive(active);
  return (
    <Menu
      trigger={<IconButton icon="filter" iconSize={16} label={label} className={css.filter} />}
      label={text.filters}
    >
      <MenuItem checked={filter.unread === true} onSelect={() => onChange(switched(filter, 'unread', true))}>
        {text.unread}
      </MenuItem>
      <MenuItem
        checked={filter.waitingForReply === true}
        onSelect={() => onChange(switched(filter, 'waitingForReply', true))}
      >
        {text.waiting}
      </MenuItem>
      <MenuItem
        checked={filter.visitorOnline === true}
        onSelect={() => onChange(switched(filter, 'visitorOnline', true))}
      >
        {text.visitorOnline}
      </MenuItem>
      <MenuHeading>{text.channel}</MenuHeading>
      {CHANNELS.map((channel) => (
        <MenuItem
          key={channel}
          checked={filter.channels?.includes(channel) === true}
          onSelect={() => onChange(toggledChannel(filter, channel))}
        >
          {design.channels[channel]}
        </MenuItem>
      ))}
      <MenuHeading>{text.assignment}</MenuHeading>
      <MenuItem checked={filter.assigneeId === null} onSelect={() => onChange(switched(filter, 'assigneeId', null))}>
        {text.unassigned}
      </MenuItem>
      {owners.map(({ id, displayName }) => (
        <MenuItem
          key={id}
          checked={filter.assigneeId === id}
          onSelect={() => onChange(switched(filter, 'assigneeId', id))}
        >
          {id === viewer.id ? text.mine : <bdi>{displayName}</bdi>}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem
        disabled={active === 0}
        onSelect={() => onChange({ ...withoutNarrowing(filter), search: filter.search })}
      >
        {text.clearFilters}
      </MenuItem>
    </Menu>
  );
}

function FilterChips({ filter, onChange }: Pick<Props, 'filter' | 'onChange'>) {
  const { inbox: text } = useText();
  const active = useActiveFilters(filter);
  if (active.length === 0) return null;
  return (
    <ul className={css.chips} aria-label={text.filters}>
      {active.map(({ name, without }) => (
        <li key={name}>
          <button
            type="button"
            className={css.chip}
            onClick={() => onChange(without)}
            aria-label={text.removeFilter(name)}
          >
            {name}
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
      {active.length > 1 && (
        <li>
          <Button
            variant="quiet"
            size="small"
            onClick={() => onChange({ ...withoutNarrowing(filter), search: filter.search })}
          >
            {text.clearFilters}
          </Button>
        </li>
      )}
    </ul>
  );
}
