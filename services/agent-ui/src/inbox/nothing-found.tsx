import type { InboxFilter } from '../data';
import { Button, ButtonLink, EmptyState } from '../design';
import { useText } from '../i18n';
import { useActiveFilters } from './active-filters';
import { holdsWords } from './filter-address';
import css from './nothing-found.module.css';

interface Props {
  filter: InboxFilter;
  hrefOf: (filter: InboxFilter) => string;
  onClearFilters: () => void;
}

/** Says what the list is narrowed to that nothing matches, and the two ways out. */
export function NothingFound({ filter, hrefOf, onClearFilters }: Props) {
  const text = useText().inbox;
  const { search, status } = filter;
  const names = useActiveFilters(filter).map(({ name }) => name);
  const conditions = search === undefined ? names : [text.quoted(search), ...names];
  const isOpen = status === 'OPEN';
  return (
    <EmptyState
      icon="search"
      title={text.nothingFound}
      action={
        <div className={css.ways}>
          <Button onClick={onClearFilters}>{text.clearFilters}</Button>
          <ButtonLink href={hrefOf({ ...filter, status: isOpen ? 'COMPLETED' : 'OPEN' })}>
            {isOpen ? text.lookInCompleted : text.lookInOpen}
          </ButtonLink>
        </div>
      }
    >
      {search !== undefined && !holdsWords(search)
        ? text.noWords
        : (isOpen ? text.noOpenMatches : text.noCompletedMatches)(conditions.join(' · '))}
    </EmptyState>
  );
}
