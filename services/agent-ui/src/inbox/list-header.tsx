import { Link } from 'wouter';
import { type InboxFilter, useCounters } from '../data';
import { Button, Icon, IconButton, Menu, MenuHeading, MenuItem, MenuSeparator } from '../design';
import type { ChannelKind } from '../generated/documents';
import { useFormat, useText } from '../i18n';
import { withoutNarrowing } from './filter-address';
import css from './list-header.module.css';
import { SearchField } from './search-field';

const CHANNELS: ChannelKind[] = ['WEB_CHAT', 'EMAIL', 'MESSENGER'];

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

const toggled = (channels: readonly ChannelKind[] | undefined, channel: ChannelKind) => {
  const chosen = CHANNELS.filter((kind) => (channels?.includes(kind) === true) !== (kind === channel));
  return chosen.length === 0 ? undefined : chosen;
};
const switched = (filter: InboxFilter, assignment: 'MINE' | 'UNASSIGNED'): InboxFilter => ({
  ...filter,
  assignment: filter.assignment === assignment ? undefined : assignment,
});
const unreadSwitched = (filter: InboxFilter): InboxFilter => ({
  ...filter,
  unread: filter.unread === true ? undefined : true,
});

/** What the list is narrowed to, but for the search, and what takes each off again. */
function useActiveFilters(filter: InboxFilter): { name: string; without: InboxFilter }[] {
  const { inbox: text, design } = useText();
  const active: { name: string; without: InboxFilter }[] = [];
  if (filter.unread === true) active.push({ name: text.unread, without: unreadSwitched(filter) });
  if (filter.assignment !== undefined)
    active.push({
      name: filter.assignment === 'MINE' ? text.mine : text.unassigned,
      without: { ...filter, assignment: undefined },
    });
  for (const channel of filter.channels ?? [])
    active.push({
      name: design.channels[channel],
      without: { ...filter, channels: toggled(filter.channels, channel) },
    });
  return active;
}

function FilterMenu({ filter, onChange }: Pick<Props, 'filter' | 'onChange'>) {
  const { inbox: text, design } = useText();
  const active = useActiveFilters(filter).length;
  const label = active === 0 ? text.filters : text.filtersActive(active);
  return (
    <Menu
      trigger={<IconButton icon="filter" iconSize={16} label={label} className={css.filter} />}
      label={text.filters}
    >
      <MenuItem checked={filter.unread === true} onSelect={() => onChange(unreadSwitched(filter))}>
        {text.unread}
      </MenuItem>
      <MenuHeading>{text.assignment}</MenuHeading>
      <MenuItem checked={filter.assignment === 'MINE'} onSelect={() => onChange(switched(filter, 'MINE'))}>
        {text.mine}
      </MenuItem>
      <MenuItem checked={filter.assignment === 'UNASSIGNED'} onSelect={() => onChange(switched(filter, 'UNASSIGNED'))}>
        {text.unassigned}
      </MenuItem>
      <MenuHeading>{text.channel}</MenuHeading>
      {CHANNELS.map((channel) => (
        <MenuItem
          key={channel}
          checked={filter.channels?.includes(channel) === true}
          onSelect={() => onChange({ ...filter, channels: toggled(filter.channels, channel) })}
        >
          {design.channels[channel]}
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
