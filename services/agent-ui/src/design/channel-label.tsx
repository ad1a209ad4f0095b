import type { ChannelKind } from '../data';
import { useText } from '../i18n';
import css from './channel-label.module.css';
import { Icon, type IconName } from './icons';

const ICONS: Record<ChannelKind, IconName> = { WEB_CHAT: 'chat', EMAIL: 'mail', MESSENGER: 'messenger' };

/** A channel's icon and name in its colour; with `iconOnly` the name is read aloud. */
export function ChannelLabel({
  channel,
  iconOnly = false,
  size = 13,
}: {
  channel: ChannelKind;
  iconOnly?: boolean;
  size?: number;
}) {
  const name = useText().design.channels[channel];
  return (
    <span className={`${css.label ?? ''} ${css[channel] ?? ''}`}>
      <Icon name={ICONS[channel]} size={size} label={iconOnly ? name : undefined} />
      {!iconOnly && name}
    </span>
  );
}
