import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ThreadMessage } from '../data';
import { Icon, type IconName } from '../design';
import { useKnownAs, useText } from '../i18n';
import css from './mail-card.module.css';

type Email = NonNullable<ThreadMessage['email']>;

export const addressed = ({ name, address }: Email['from']) => (name === null ? address : `${name} <${address}>`);

/** What an agent should know of a mail before trusting or answering it. */
export function MailNotes({ email }: { email: Email }) {
  const words = useText().thread;
  const knownAs = useKnownAs();
  const { forwardedBy, relatedConversation: related } = email;
  return (
    <ul className={css.notes}>
      {email.authentication === 'FAIL' && (
        <Note icon="warning" tone="warn">
          {words.senderUnverified(email.from.address)}
        </Note>
      )}
      {email.stranger && (
        <Note icon="warning" tone="warn">
          {words.stranger(email.from.address)}
        </Note>
      )}
      {email.incomplete && (
        <Note icon="warning" tone="warn">
          {words.mailIncomplete}
        </Note>
      )}
      {email.automatic && <Note icon="bot">{words.automaticMail}</Note>}
      {forwardedBy !== null ? (
        <Note icon="mail">{words.forwardedBy(addressed(forwardedBy))}</Note>
      ) : (
        email.source === 'FORWARDED' && <Note icon="mail">{words.forwarded}</Note>
      )}
      {email.source === 'CAMPAIGN_REPLY' && (
        <Note icon="mail">{email.answersTo === null ? words.campaignReply : words.answersTo(email.answersTo)}</Note>
      )}
      {related !== null && (
        <Note icon="chat">
          <Link href={`/inbox/${related.id}`}>{words.relatedTo(knownAs(related.title))}</Link>
        </Note>
      )}
    </ul>
  );
}

function Note({ icon, tone, children }: { icon: IconName; tone?: 'warn'; children: ReactNode }) {
  return (
    <li className={tone === 'warn' ? `${css.note ?? ''} ${css.warn ?? ''}` : css.note}>
      <Icon name={icon} size={14} />
      <span dir="auto">{children}</span>
    </li>
  );
}
