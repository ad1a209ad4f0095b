import { Link } from 'wouter';
import { useCounters } from '../data';
import { Icon, Tooltip, type IconName } from '../design';
import { useText } from '../i18n';
import css from './navigation-rail.module.css';

/** The four places of the app: a column at the left, a bar at the bottom of narrow windows. */
export function NavigationRail({ page }: { page: string }) {
  const text = useText().navigation;
  const counters = useCounters();
  const unread = counters?.unread ?? 0;
  return (
    <nav className={css.rail} aria-label={text.label}>
      <ul className={css.places}>
        <Place
          href="/inbox"
          icon="inbox"
          label={unread > 0 ? text.inboxUnread(unread) : text.inbox}
          current={page === 'inbox'}
          dot={unread > 0}
        />
        <Place href="/saved-responses" icon="bolt" label={text.savedResponses} current={page === 'saved-responses'} />
        <Place href="/agents" icon="people" label={text.agents} current={page === 'agents'} />
        <Place href="/settings" icon="gear" label={text.settings} current={page === 'settings'} last />
      </ul>
    </nav>
  );
}

function Place({
  href,
  icon,
  label,
  current,
  dot = false,
  last = false,
}: {
  href: string;
  icon: IconName;
  label: string;
  current: boolean;
  dot?: boolean;
  last?: boolean;
}) {
  return (
    <li className={last ? css.last : undefined}>
      <Tooltip text={label}>
        <Link href={href} className={css.place} aria-label={label} aria-current={current ? 'page' : undefined}>
          <Icon name={icon} size={20} />
          {dot && <span className={css.dot} data-testid="unread-dot" />}
        </Link>
      </Tooltip>
    </li>
  );
}
