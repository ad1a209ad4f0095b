import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessageView, ThreadView, WorldView } from '../src/views';
import { call } from './api';
import { Bubble } from './bubble';
import { Composer } from './composer';
import type { Language, Text } from './text';

interface Props {
  text: Text;
  language: Language;
  thread: ThreadView;
  page: WorldView['pages'][number];
  act: (work: Promise<unknown>) => void;
}

/** The phone: the page's name, the bubbles, the line to write in. */
export function Thread({ text, language, thread, page, act }: Props) {
  const { person, messages } = thread;
  const [editing, setEditing] = useState<MessageView>();
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length;
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [count]);

  const path = (mid: string, action: string) => `/people/${person.psid}/messages/${encodeURIComponent(mid)}/${action}`;
  return (
    <section class="thread" aria-label={text.messages(page.name)}>
      <header>
        <span class="page-mark" aria-hidden="true">
          {page.name.slice(0, 1)}
        </span>
        <h2>{page.name}</h2>
      </header>
      <div class="log" role="log" aria-label={text.messages(page.name)} tabIndex={0}>
        {messages.length === 0 && <p class="empty">{text.noMessages}</p>}
        {messages.map((message, index) => (
          <Bubble
            key={message.mid}
            {...{ text, language, message }}
            pageName={page.name}
            startsGroup={startsGroup(messages[index - 1], message)}
            react={(emoji) => act(call('POST', path(message.mid, 'reaction'), { emoji }))}
            edit={() => setEditing(message)}
            unsend={() => act(call('POST', path(message.mid, 'unsend')))}
          />
        ))}
        <div ref={end} />
      </div>
      <Composer
        {...{ text, editing }}
        cancel={() => setEditing(undefined)}
        write={(written) => act(call('POST', `/people/${person.psid}/messages`, written))}
        save={(mid, changed) => {
          setEditing(undefined);
          act(call('POST', path(mid, 'edit'), { text: changed }));
        }}
      />
    </section>
  );
}

const QUARTER_HOUR_MS = 900_000;

/** A time stands above what somebody else wrote, or wrote a while later. */
const startsGroup = (before: MessageView | undefined, message: MessageView) =>
  before?.from !== message.from || message.sentAt - before.sentAt > QUARTER_HOUR_MS;
