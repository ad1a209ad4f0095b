import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type ConversationRow, type ThreadPeople, useConversation, useThread } from '../data';
import { Button, ChannelLabel, Skeleton, Time } from '../design';
import { useKnownAs, useText } from '../i18n';
import { useLocale } from '../i18n/language';
import { shownPage } from '../thread/shown-page';
import css from './details-pane.module.css';
import { languageName } from './language-name';
import { useContactHistory } from './use-contact-history';

interface Props {
  conversation: ConversationRow;
  people: ThreadPeople | null;
}

/** Who the other side is, where they are now, and what was before. */
export function DetailsPane({ conversationId }: { conversationId: string }) {
  const conversation = useConversation(conversationId);
  const { people } = useThread(conversationId);
  if (conversation === undefined) return null;
  return (
    <div className={css.panel}>
      <Person conversation={conversation} people={people} />
      {conversation.visitor !== null && (
        <OnSite visitor={conversation.visitor} locale={people?.visitor?.locale ?? null} />
      )}
      {conversation.messengerProfile === null && <Earlier conversation={conversation} />}
      <Channels channels={conversation.channels} />
    </div>
  );
}

function Person({ conversation, people }: Props) {
  const text = useText().thread;
  const knownAs = useKnownAs();
  const contact = people?.contact ?? null;
  const isKnown = conversation.contact !== null;
  return (
    <Section title={titleOf(conversation, text)}>
      <Fact name={text.name}>
        <bdi>{contact?.displayName ?? knownAs(conversation.title)}</bdi>
      </Fact>
      {isKnown && contact === null && (
        <Fact name={text.email}>
          <Skeleton width="80%" />
        </Fact>
      )}
      {contact?.email != null && (
        <Fact name={text.email}>
          <a href={`mailto:${contact.email}`} className={css.plain}>
            {contact.email}
          </a>
        </Fact>
      )}
      <Fact name={text.firstSeen}>
        <Time at={contact?.createdAt ?? conversation.createdAt} as="day" />
      </Fact>
      {!isKnown && conversation.visitor !== null && <p className={css.hint}>{text.noContact}</p>}
    </Section>
  );
}

/** People on Messenger have no contact record. */
function titleOf({ messengerProfile, contact, visitor }: ConversationRow, text: ReturnType<typeof useText>['thread']) {
  if (messengerProfile !== null) return text.person;
  return contact !== null || visitor === null ? text.contact : text.visitor;
}

function OnSite({ visitor, locale }: { visitor: NonNullable<ConversationRow['visitor']>; locale: string | null }) {
  const text = useText().thread;
  const language = languageName(locale, useLocale());
  const { presence, currentPage } = visitor;
  const online = presence.state === 'ONLINE';
  return (
    <Section title={online ? text.onSiteNow : text.onSite}>
      {online && currentPage !== null && (
        <Fact name={text.page}>
          <a
            href={currentPage.url}
            target="_blank"
            rel="noopener noreferrer"
            className={css.plain}
            title={currentPage.title ?? currentPage.url}
          >
            {shownPage(currentPage.url)}
          </a>
        </Fact>
      )}
      <Fact name={online ? text.since : text.left}>
        <Time at={presence.since} as="ago" />
      </Fact>
      {language !== null && <Fact name={text.language}>{language}</Fact>}
    </Section>
  );
}

function Earlier({ conversation }: { conversation: ConversationRow }) {
  const text = useText().thread;
  const knownAs = useKnownAs();
  const { state, conversations, retry } = useContactHistory(conversation.contact?.id ?? null, conversation.id);
  return (
    <Section title={text.earlier}>
      {state === 'loading' && (
        <Fact name={<Skeleton width="60%" />}>
          <Skeleton width="80%" />
        </Fact>
      )}
      {state === 'failed' && (
        <p className={css.hint}>
          {text.earlierFailed}{' '}
          <Button size="small" onClick={retry}>
            {text.tryAgain}
          </Button>
        </p>
      )}
      {state === 'ready' && conversations.length === 0 && <p className={css.hint}>{text.noEarlier}</p>}
      {conversations.map(({ id, createdAt, subject, title, lastMessage }) => (
        <Fact key={id} name={<Time at={createdAt} as="ago" />}>
          <Link href={`/inbox/${id}`} className={css.plain} dir="auto">
            {subject ?? (lastMessage === null || lastMessage.text === '' ? knownAs(title) : lastMessage.text)}
          </Link>
        </Fact>
      ))}
    </Section>
  );
}

function Channels({ channels }: Pick<ConversationRow, 'channels'>) {
  const text = useText().thread;
  return (
    <section className={css.section}>
      <h3 className={css.title}>{text.channels}</h3>
      <ul className={css.channels}>
        {channels.map((channel) => (
          <li key={channel}>
            <ChannelLabel channel={channel} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.section}>
      <h3 className={css.title}>{title}</h3>
      <div className={css.facts}>{children}</div>
    </section>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <dl className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </dl>
  );
}
