import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatSession } from './chat-session';
import { ChosenFiles } from './chosen-files';
import { ClipIcon, SendIcon } from './icons';
import type { Locale } from './i18n/locale';

/** The counter appears when so few characters are left. */
const COUNT_FROM = 500;

interface ComposerProps {
  session: ChatSession;
  locale: Locale;
  /** A refused message that its author changes; a new object each time. */
  edited: { text: string } | null;
}

export function Composer({ session, locale, edited }: ComposerProps) {
  const { text } = locale;
  const [draft, setDraft] = useState(session.draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const left = session.maxText - draft.length;
  const { uploads } = session;
  const picker = useRef<HTMLInputElement>(null);
  const hasFiles = uploads.chosen.length > 0;
  const sendable = (draft.trim() !== '' || hasFiles) && left >= 0 && !uploads.pending;

  /** Kept at every key: the page may be left right after it. */
  const put = (value: string) => {
    setDraft(value);
    session.keepDraft(value);
  };
  const change = (value: string) => {
    put(value);
    session.ownTyping.changed(value);
  };
  const send = () => {
    if (!sendable) return;
    session.write(draft.trim());
    put('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a word is composed (Japanese, Chinese, Korean…) Enter takes the word; Safari says so by key code 229 only.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  useLayoutEffect(() => {
    if (edited === null) return;
    put(edited.text);
    field.current?.focus();
  }, [edited]);
  useEffect(
    () =>
      session.onFocus(() => {
        // On a touch screen the focus would bring up the keyboard over half the conversation.
        const target = matchMedia('(pointer: coarse)').matches ? document.querySelector('h1') : field.current;
        target?.focus();
      }),
    [session],
  );
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${String(element.scrollHeight)}px`;
  }, [draft]);

  const counted = left < COUNT_FROM;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <ChosenFiles session={session} locale={locale} />
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={draft}
          placeholder={text.placeholder}
          aria-label={text.message}
          aria-invalid={left < 0}
          aria-describedby={counted ? 'count' : undefined}
          enterkeyhint="send"
          onInput={(event) => {
            change(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = event.clipboardData?.files;
            if (!session.mayAttach || !files?.length) return;
            event.preventDefault();
            uploads.add(files);
          }}
        />
        {/* After the text: it comes with the connection, and nothing may move then. */}
        {session.mayAttach && (
          <>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                uploads.add(event.currentTarget.files ?? []);
                // The same file may be chosen again.
                event.currentTarget.value = '';
                field.current?.focus();
              }}
            />
            <button class="round" type="button" aria-label={text.attach} onClick={() => picker.current?.click()}>
              <ClipIcon />
            </button>
          </>
        )}
        <button class="send" type="submit" aria-label={text.send} aria-disabled={!sendable}>
          <SendIcon />
        </button>
      </div>
      {counted && (
        <p id="count" class={left < 0 ? 'count danger' : 'count'} role="status">
          {left < 0 ? text.over(-left) : text.left(left)}
        </p>
      )}
    </form>
  );
}
