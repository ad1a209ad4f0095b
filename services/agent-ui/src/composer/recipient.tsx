import type { ConversationRow } from '../data';
import { useFormat, useKnownAs, useText } from '../i18n';
import css from './composer.module.css';
import type { Offer } from './reply-options';

/** Who gets the reply, and what the agent should know about that. */
export function Recipient({ offer, conversation }: { offer: Offer | undefined; conversation: ConversationRow }) {
  const text = useText().composer;
  const format = useFormat();
  const knownAs = useKnownAs();
  if (offer?.available !== true) return null;
  const who = knownAs(offer.recipient ?? conversation.title);
  const isChat = offer.channel === 'WEB_CHAT';
  const online = conversation.visitor?.presence.state === 'ONLINE';
  const line = !isChat ? text.to(who) : online ? text.toOnline(who) : text.toOffline(who);
  const notice =
    offer.notice === 'ADDRESS_UNVERIFIED' ? text.unverified : isChat && !online ? text.shownLater : undefined;
  const left = offer.windowClosesAt === null ? 0 : Date.parse(offer.windowClosesAt) - Date.now();
  return (
    <p className={css.recipient}>
      <span>{line}</span>
      {left > 0 && offer.notice !== 'WINDOW_CLOSING' && <span>{text.windowLeft(format.duration(left))}</span>}
      {notice !== undefined && <span className={css.notice}>{notice}</span>}
    </p>
  );
}
