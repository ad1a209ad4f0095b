import type { ConversationRow, ThreadView } from '../data';
import { Time } from '../design';
import { useText } from '../i18n';
import { shownPage } from './shown-page';
import css from './presence-line.module.css';

/** "Online · viewing /pricing". People who have no browser here have their address instead, or where they write. */
export function PresenceLine({
  conversation,
  people,
}: {
  conversation: ConversationRow;
  people: ThreadView['people'];
}) {
  const text = useText().thread;
  const { visitor } = conversation;
  if (visitor === null) {
    const place = conversation.messengerProfile === null ? people?.contact?.email : text.person;
    return <p className={css.line}>{place ?? '\u00a0'}</p>;
  }
  const online = visitor.presence.state === 'ONLINE';
  const page = online && visitor.currentPage !== null ? shownPage(visitor.currentPage.url) : null;
  return (
    <p className={css.line}>
      <span className={online ? css.online : css.offline} aria-hidden />
      <span className={online ? css.isOnline : undefined}>{online ? text.online : text.offline}</span>
      {page !== null && (
        <span title={visitor.currentPage?.url}>
          {' · '}
          {text.viewingPage(page)}
        </span>
      )}
      {!online && (
        <span>
          {' · '}
          <Time at={visitor.presence.since} as="ago" />
        </span>
      )}
    </p>
  );
}
