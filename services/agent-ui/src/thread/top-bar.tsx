import { actions, type AgentActivity, type ConversationRow, type ThreadView } from '../data';
import { Button, IconButton, Menu, MenuItem, Tooltip } from '../design';
import { useKnownAs, useText } from '../i18n';
import { shownKeys, useDetailsPane, usePaneLayout, useShortcut } from '../navigation';
import { useViewer } from '../session';
import { AgentsHere } from './agents-here';
import { AssigneeSelect } from './assignee-select';
import { PresenceLine } from './presence-line';
import { useReportRefusal } from './report-refusal';
import css from './top-bar.module.css';

interface Props {
  conversation: ConversationRow;
  agentActivity: readonly AgentActivity[];
  people: ThreadView['people'];
  onBack: () => void;
}

export function TopBar({ conversation, agentActivity, people, onBack }: Props) {
  const text = useText().thread;
  const knownAs = useKnownAs();
  const { agent } = useViewer();
  const details = useDetailsPane();
  const layout = usePaneLayout();
  const report = useReportRefusal();
  const { id, status, unread } = conversation;
  const name = knownAs(conversation.title);
  const mayAct = agent.role !== 'VIEWER';
  // Alone on the screen, the thread is the page.
  const Heading = layout === 'narrow' ? 'h1' : 'h2';
  const complete = () => void report(actions.complete(id));
  const reopen = () => void report(actions.reopen(id));
  const markUnread = () => void report(actions.markUnread(id));
  useShortcut('complete', complete, { enabled: mayAct && status === 'OPEN' });
  useShortcut('reopen', reopen, { enabled: mayAct && status === 'COMPLETED' });
  useShortcut('markUnread', markUnread, { enabled: mayAct && !unread });
  return (
    <header className={css.bar}>
      {layout === 'narrow' && (
        <IconButton icon="chevron-left" label={text.back} onClick={onBack} className={css.back} />
      )}
      <div className={css.who}>
        <Heading className={css.name} dir="auto">
          {name}
        </Heading>
        <PresenceLine conversation={conversation} people={people} />
      </div>
      <AgentsHere activity={agentActivity} />
      <AssigneeSelect key={id} conversation={conversation} />
      <Menu trigger={<IconButton icon="more" label={text.moreActions} className={css.more} />} label={text.moreActions}>
        <MenuItem
          icon="mail"
          shortcut={shownKeys('markUnread').join(' ')}
          disabled={!mayAct || unread}
          description={mayAct ? undefined : text.viewersCannot}
          onSelect={markUnread}
        >
          {text.markUnread}
        </MenuItem>
      </Menu>
      {details.isDrawer && (
        <IconButton icon="panel" label={text.details} aria-haspopup="dialog" onClick={() => details.setOpen(true)} />
      )}
      <StatusButton status={status} mayAct={mayAct} onComplete={complete} onReopen={reopen} />
    </header>
  );
}

function StatusButton({
  status,
  mayAct,
  onComplete,
  onReopen,
}: {
  status: ConversationRow['status'];
  mayAct: boolean;
  onComplete: () => void;
  onReopen: () => void;
}) {
  const text = useText().thread;
  const open = status === 'OPEN';
  const label = open ? text.complete : text.reopen;
  const hint = mayAct ? label : text.viewersCannot;
  return (
    <Tooltip text={hint} shortcut={mayAct ? shownKeys(open ? 'complete' : 'reopen').join(' ') : undefined}>
      <Button
        icon={open ? 'check' : 'reopen'}
        onClick={open ? onComplete : onReopen}
        aria-disabled={!mayAct || undefined}
        aria-description={mayAct ? undefined : text.viewersCannot}
        className={css.status}
      >
        <span className={css.label}>{label}</span>
      </Button>
    </Tooltip>
  );
}
