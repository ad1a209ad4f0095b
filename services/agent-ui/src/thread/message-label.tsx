import type { ReactNode } from 'react';
import { ChannelLabel, Time } from '../design';
import type { ChannelKind } from '../generated/documents';
import css from './message-label.module.css';

interface Props {
  channel: ChannelKind;
  who: string;
  at: string;
  state: string | null;
  failed: boolean;
  /** Ways out of a failure, in this order. */
  children?: ReactNode;
}

/** Under each bubble: channel · who · time · state. */
export function MessageLabel({ channel, who, at, state, failed, children }: Props) {
  return (
    <div className={css.label}>
      <ChannelLabel channel={channel} size={12} />
      <bdi className={css.part}>{who}</bdi>
      <span className={css.part}>
        <Time at={at} />
      </span>
      {state !== null && <span className={failed ? `${css.part ?? ''} ${css.failed ?? ''}` : css.part}>{state}</span>}
      <span className={css.ways}>{children}</span>
    </div>
  );
}
