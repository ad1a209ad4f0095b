import { ChannelLabel, Select } from '../design';
import { useKnownAs, useText } from '../i18n';
import type { Offer } from './reply-options';
import type { ReplyChannel } from './use-channel';

/** The channel of the reply; each names where it goes, or why it cannot be used. */
export function ChannelSelect({ channel, name, locked }: { channel: ReplyChannel; name: string; locked: boolean }) {
  const { composer: text, design } = useText();
  const knownAs = useKnownAs();
  const describe = (offer: Offer): string | undefined => {
    if (!offer.available) return text.notAvailable(text.reasons[offer.disabledReason ?? 'UNKNOWN']);
    if (offer.channel === 'WEB_CHAT')
      return offer.notice === 'VISITOR_OFFLINE' ? text.isOffline(name) : text.isOnline(name);
    if (offer.recipient === null) return undefined;
    const who = knownAs(offer.recipient);
    const to = offer.includesTranscript ? text.withTranscript(who) : who;
    return offer.notice === 'ADDRESS_UNVERIFIED' ? `${to} · ${text.unverified}` : to;
  };
  return (
    <Select
      label={text.channel}
      quiet
      value={channel.channel}
      disabled={locked}
      placement="top-start"
      onChange={(chosen) => {
        channel.choose(chosen);
      }}
      renderValue={() => <ChannelLabel channel={channel.channel} size={16} />}
      options={channel.offers.map((offer) => ({
        value: offer.channel,
        label: design.channels[offer.channel],
        description: describe(offer),
        icon: <ChannelLabel channel={offer.channel} size={16} iconOnly />,
        disabled: !offer.available,
      }))}
    />
  );
}
