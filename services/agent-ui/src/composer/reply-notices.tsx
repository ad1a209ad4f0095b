import type { ChannelKind, ReplyDisabledReason } from '../generated/documents';
import { Banner, Button, ButtonLink } from '../design';
import { useFormat, useText } from '../i18n';
import { useViewer } from '../session';
import type { ReplyChannel } from './use-channel';

/** What stands above the box: another channel to consider, the end of a reply window. */
export function ReplyNotices({
  channel,
  name,
  online,
  locked,
}: {
  channel: ReplyChannel;
  name: string;
  online: boolean;
  locked: boolean;
}) {
  const { offer, suggestion } = channel;
  const closed = offer?.disabledReason === 'MESSENGER_WINDOW_CLOSED';
  return (
    <>
      {suggestion !== null && !locked && (
        <OtherChannel channel={channel} suggestion={suggestion} name={name} online={online} />
      )}
      {suggestion === null && offer?.available === false && !closed && (
        <CannotReply reason={offer.disabledReason ?? 'UNKNOWN'} />
      )}
      {offer?.notice === 'WINDOW_CLOSING' && offer.windowClosesAt !== null && (
        <WindowClosing closesAt={offer.windowClosesAt} />
      )}
    </>
  );
}

/** Admins are led to how the channels are. */
function CannotReply({ reason }: { reason: ReplyDisabledReason | 'UNKNOWN' }) {
  const text = useText().composer;
  const { agent } = useViewer();
  const mayLook = reason === 'CHANNEL_DOWN' && agent.role === 'ADMIN';
  return (
    <Banner
      tone="warn"
      icon="warning"
      action={
        mayLook && (
          <ButtonLink size="small" href="/settings/installation">
            {text.seeWhy}
          </ButtonLink>
        )
      }
    >
      {text.cannotReply(text.reasons[reason])}
    </Banner>
  );
}

/** A written reply keeps its channel; this asks. */
function OtherChannel({
  channel,
  suggestion,
  name,
  online,
}: {
  channel: ReplyChannel;
  suggestion: ChannelKind;
  name: string;
  online: boolean;
}) {
  const { composer: text, design } = useText();
  const from = channel.channel;
  const usable = channel.offer?.available === true;
  const question = !usable
    ? text.noLongerAvailable(text.reasons[channel.offer?.disabledReason ?? 'UNKNOWN'], suggestion)
    : from === 'WEB_CHAT' && !online
      ? text.wentOffline(name, suggestion)
      : suggestion === 'WEB_CHAT' && online
        ? text.cameOnline(name)
        : text.otherPreselected(suggestion);
  return (
    <Banner
      tone="warn"
      icon="warning"
      action={
        <>
          <Button
            size="small"
            onClick={() => {
              channel.choose(suggestion);
            }}
          >
            {text.sendBy(design.channels[suggestion])}
          </Button>
          {usable && (
            <Button
              size="small"
              onClick={() => {
                channel.choose(from);
              }}
            >
              {text.keep(design.channels[from])}
            </Button>
          )}
        </>
      }
    >
      {question}
    </Banner>
  );
}

function WindowClosing({ closesAt }: { closesAt: string }) {
  const text = useText().composer;
  const format = useFormat();
  const now = Date.now();
  const closes = new Date(closesAt);
  const today = closes.toDateString() === new Date(now).toDateString();
  return (
    <Banner tone="warn" icon="clock">
      {text.windowBefore}
      <strong>{format.clock(closesAt)}</strong>
      {text.windowAfter(today, format.duration(closes.getTime() - now))}
    </Banner>
  );
}
