import { ChannelLabel, EmptyState } from '../design';
import { useFormat, useText } from '../i18n';
import { CopyButton } from './copy-button';
import css from './channel-list.module.css';
import type { InstalledChannel } from './installed-channels';

/** Every mailbox and page: how it is, what to do about it, and what the other side has to be told. */
export function ChannelList({ channels }: { channels: readonly InstalledChannel[] }) {
  const text = useText().settings;
  if (channels.length === 0) return <EmptyState icon="mail" title={text.noChannels} />;
  return (
    <ul className={css.list}>
      {channels.map((channel) => (
        <Line key={channel.id} channel={channel} />
      ))}
    </ul>
  );
}

function Line({ channel }: { channel: InstalledChannel }) {
  const text = useText().settings;
  const format = useFormat();
  const { health, webhookUrl, verifyToken } = channel;
  const tone = health === 'OK' ? css.good : health === 'DEGRADED' ? css.slow : css.bad;
  return (
    <li className={css.line}>
      <div className={css.head}>
        <ChannelLabel channel={channel.kind} size={16} iconOnly />
        <strong dir="auto">{channel.name}</strong>
        {channel.address !== null && <span className={css.address}>{channel.address}</span>}
        <span className={`${css.health ?? ''} ${tone ?? ''}`}>{text.health[health]}</span>
      </div>
      {channel.detail !== null && <p>{channel.detail}</p>}
      <p className={css.last}>
        {channel.lastInboundAt === null ? text.nothingYet : text.lastMessage(format.full(channel.lastInboundAt))}
      </p>
      {webhookUrl !== null && <Copied label={text.webhookAddress} value={webhookUrl} />}
      {verifyToken !== null && <Copied label={text.verifyToken} value={verifyToken} />}
    </li>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  return (
    <div className={css.copied}>
      <span>{label}</span>
      <code>{value}</code>
      <CopyButton text={value} />
    </div>
  );
}
