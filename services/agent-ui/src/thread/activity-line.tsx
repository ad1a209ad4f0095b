import { memo } from 'react';
import { useFormat, useText } from '../i18n';
import css from './activity-line.module.css';
import { activityText } from './activity-text';
import type { ToldActivity } from './thread-lines';

export const ActivityLine = memo(function ActivityLine({ told }: { told: readonly ToldActivity[] }) {
  const text = useText().thread;
  const format = useFormat();
  return (
    <p className={css.line} dir="auto">
      {told.map((one) => activityText(one, text, (at) => format.clock(at))).join(' · ')}
    </p>
  );
});

export const DayLine = memo(function DayLine({ at }: { at: string }) {
  const format = useFormat();
  return (
    <p className={css.line} role="separator">
      <time dateTime={at}>{format.dayHeading(at, Date.now())}</time>
    </p>
  );
});

export function NewMessagesLine() {
  return (
    <p className={css.fresh} role="separator">
      <span>{useText().thread.newMessages}</span>
    </p>
  );
}
