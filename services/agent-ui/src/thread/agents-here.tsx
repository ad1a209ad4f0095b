import type { AgentActivity } from '../data';
import { useFormat, useText } from '../i18n';
import { calledName } from './activity-text';
import css from './agents-here.module.css';

/** Other agents in this thread; who writes matters more than who looks. */
export function AgentsHere({ activity }: { activity: readonly AgentActivity[] }) {
  const text = useText().thread;
  const format = useFormat();
  const writing = activity.filter((one) => one.writing);
  const shown = writing.length > 0 ? writing : activity;
  const names = shown.map(({ agent }) => calledName(agent.displayName));
  const [first = ''] = names;
  const said = () => {
    if (names.length === 0) return '';
    if (names.length === 1) return writing.length > 0 ? text.isWriting(first) : text.isViewing(first);
    return writing.length > 0 ? text.areWriting(format.list(names)) : text.areViewing(format.list(names));
  };
  return (
    <p className={writing.length > 0 ? css.writing : css.viewing} role="status" title={said()}>
      {said()}
    </p>
  );
}
