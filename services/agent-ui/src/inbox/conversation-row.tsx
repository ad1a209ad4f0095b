import { memo } from 'react';
import { Link } from 'wouter';
import { type ConversationRow as Row, useConversation, useUnsent } from '../data';
import { Avatar, ChannelLabel, Icon, Time } from '../design';
import { useKnownAs, useText } from '../i18n';
import { useViewer } from '../session';
import css from './conversation-row.module.css';
import { excerptRuns } from './excerpt-runs';
import { rowExcerpt } from './row-excerpt';

interface Props {
  id: string;
  /** Address of the conversation, filters included. */
  href: string;
  current: boolean;
  /** Search only: the words found, in marks. */
  match: string | undefined;
  onOpen: (id: string) => void;
}

/** One conversation of the list; only what changes in it is drawn again. */
export const ConversationRow = memo(function ConversationRow({ id, href, current, match, onOpen }: Props) {
  const conversation = useConversation(id);
  const text = useText().inbox;
  const knownAs = useKnownAs();
  if (conversation === undefined) return <div className={css.row} />;
  const { visitor, messengerProfile, unread, status, lastActivityAt } = conversation;
  const name = knownAs(conversation.title);
  const look = [css.row, unread && css.unread, status === 'COMPLETED' && css.completed];
  return (
    <Link
      href={href}
      className={look.filter(Boolean).join(' ')}
      aria-current={current ? 'page' : undefined}
      data-conversation={id}
      onClick={() => onOpen(id)}
    >
      <Avatar
        id={visitor?.id ?? id}
        name={name}
        picture={messengerProfile?.avatarUrl}
        presence={visitor?.presence.state}
        presenceLabel={visitor?.presence.state === 'ONLINE' ? text.isOnline : text.isOffline}
      />
      <span className={css.lines}>
        <span className={css.line}>
          <bdi className={css.name}>{name}</bdi>
          <span className={css.time}>
            <Time at={lastActivityAt} as="ago" />
          </span>
        </span>
        <span className={css.line}>
          <ChannelLabel channel={conversation.lastChannel} iconOnly size={14} />
          <Excerpt conversation={conversation} match={match} />
          <Marks conversation={conversation} />
        </span>
      </span>
    </Link>
  );
});

function Excerpt({ conversation, match }: { conversation: Row; match: string | undefined }) {
  const text = useText().inbox;
  const { agent } = useViewer();
  if (match === undefined)
    return (
      <span className={css.excerpt} dir="auto">
        {rowExcerpt(conversation, agent.id, text)}
      </span>
    );
  return (
    <span className={css.excerpt} dir="auto">
      {excerptRuns(match).map((run, index) => (run.marked ? <mark key={index}>{run.text}</mark> : run.text))}
    </span>
  );
}

/** What a person has to know at a glance; each mark has its own shape and is read aloud. */
function Marks({ conversation }: { conversation: Row }) {
  const text = useText().inbox;
  const { assignee, unread, status, waitingForReply, lastMessage } = conversation;
  const refusedHere = useUnsent(conversation.id) === 'refused';
  return (
    <>
      {assignee !== null && (
        <span className={css.assignee} title={text.assignedTo(assignee.displayName)}>
          <Avatar id={assignee.id} name={assignee.displayName} size={18} />
          <span className="only-read">{text.assignedTo(assignee.displayName)}</span>
        </span>
      )}
      {(refusedHere || lastMessage?.delivery?.state === 'FAILED') && (
        <span className={css.notSent}>{text.notSent}</span>
      )}
      {status === 'COMPLETED' && <Icon name="check" size={15} label={text.isCompleted} className={css.check} />}
      {waitingForReply && !unread && status === 'OPEN' && (
        <span className={css.waiting} title={text.isWaiting}>
          <Icon name="clock" size={14} label={text.isWaiting} />
        </span>
      )}
      {unread && (
        <>
          <span className={css.dot} aria-hidden />
          <span className="only-read">{text.isUnread}</span>
        </>
      )}
    </>
  );
}
