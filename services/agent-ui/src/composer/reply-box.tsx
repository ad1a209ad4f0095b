import { useRef, useState } from 'react';
import { actions, type ConversationRow } from '../data';
import { IconButton, lazyCode, useToasts } from '../design';
import { useKnownAs, useText } from '../i18n';
import { shownKeys, useShortcut } from '../navigation';
import { insertText, mayHaveTags, previewReply, TagMarks } from '../reply-tags';
import { AttachButton } from './attach-button';
import { ChannelSelect } from './channel-select';
import css from './composer.module.css';
import { DropArea } from './drop-area';
import { GrowingText } from './growing-text';
import { insertionRange } from './insertion-range';
import { personName } from './person-name';
import { Recipient } from './recipient';
import { ReplyNotices } from './reply-notices';
import { CHANNELS } from './reply-options';
import { SendButtons } from './send-buttons';
import type { SendProblem } from './send-problem';
import { SendState } from './send-state';
import { slashAt } from './slash-trigger';
import { UploadChips } from './upload-chips';
import { useReply } from './use-reply';
import { WindowClosed } from './window-closed';

const usePicker = lazyCode(() => import('../saved-responses/picker'));

export function ReplyBox({ conversation }: { conversation: ConversationRow }) {
  const { composer: text, design } = useText();
  const knownAs = useKnownAs();
  const toasts = useToasts();
  const reply = useReply(conversation);
  const { channel, draft, queue, uploads, waiting } = reply;
  const area = useRef<HTMLElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  /** Open picker: the position of the slash that opened it, null when a button or key did. */
  const [picking, setPicking] = useState<{ slash: number | null } | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const picker = usePicker(picking !== null);
  const [refused, setRefused] = useState<SendProblem | null>(null);
  const [said, setSaid] = useState('');
  const known = conversation.messengerProfile !== null || (reply.people?.contact ?? null) !== null;
  const name = personName(knownAs(conversation.title), known);
  const closed = channel.offer?.disabledReason === 'MESSENGER_WINDOW_CLOSED';
  const writable = !waiting && !closed;

  const write = (next: string) => {
    setRefused(null);
    actions.viewing(conversation.id, next !== '');
    const slash = slashAt(draft.text, next, box.current?.selectionStart ?? 0);
    reply.write(next);
    if (slash !== null) setPicking({ slash });
  };
  const send = (complete: boolean) => {
    if (waiting) return;
    const problem = reply.send(complete, setRefused);
    setRefused(problem);
    if (problem === null) actions.sentWriting();
    box.current?.focus();
  };
  const addFiles = (files: readonly File[], folders?: readonly string[]) => {
    if (!writable) return;
    setRefused(null);
    queue.add(files, folders);
  };
  const pickByShortcut = (index: number) => {
    const kind = CHANNELS[index];
    const offer = channel.offers.find((one) => one.channel === kind);
    if (offer === undefined || waiting) return;
    if (offer.available) {
      channel.choose(offer.channel);
      setSaid(text.changedTo(design.channels[offer.channel]));
    } else toasts.show({ text: text.notAvailable(text.reasons[offer.disabledReason ?? 'UNKNOWN']) });
  };
  useShortcut('send', () => {
    send(false);
  });
  useShortcut('sendAndComplete', () => {
    send(true);
  });
  useShortcut('firstChannel', () => {
    pickByShortcut(0);
  });
  useShortcut('secondChannel', () => {
    pickByShortcut(1);
  });
  useShortcut('thirdChannel', () => {
    pickByShortcut(2);
  });
  useShortcut('savedResponses', () => {
    if (writable) setPicking({ slash: null });
  });

  const insert = async (body: string) => {
    const slash = picking?.slash ?? null;
    // Its tags are resolved before it is in the box; where nobody can tell, they stay and are looked at on sending.
    const preview = mayHaveTags(body) ? await previewReply(conversation.id, body) : null;
    const area = box.current;
    if (area === null) return;
    const selection = { start: area.selectionStart, end: area.selectionEnd };
    insertText(area, preview?.draft ?? body, ...insertionRange(area.value, selection, slash));
  };

  return (
    <section className={css.composer} aria-label={text.label(conversation.title)} ref={area}>
      <ReplyNotices
        channel={channel}
        name={name}
        online={conversation.visitor?.presence.state === 'ONLINE'}
        locked={waiting}
      />
      <div className={css.box} ref={frame}>
        <div className={css.header}>
          <ChannelSelect channel={channel} name={name} locked={waiting} />
          {!closed && (
            <IconButton
              icon="bolt"
              iconSize={16}
              label={text.savedResponses}
              shortcut={shownKeys('savedResponses').join(' ')}
              aria-haspopup="dialog"
              aria-expanded={picking !== null}
              aria-disabled={!writable}
              onClick={() => {
                if (writable) setPicking({ slash: null });
              }}
            />
          )}
          {!closed && <Recipient offer={channel.offer} conversation={conversation} />}
        </div>
        {closed ? (
          <WindowClosed closedAt={channel.offer?.windowClosesAt ?? null} name={name} draft={draft.text} />
        ) : (
          <>
            <TagMarks checked={reply.checked} text={draft.text} box={box} locked={waiting} />
            <GrowingText
              ref={box}
              value={draft.text}
              label={text.label(conversation.title)}
              placeholder={text.placeholder}
              readOnly={waiting}
              onWrite={write}
              onFiles={addFiles}
            />
            <UploadChips uploads={uploads} queue={queue} locked={waiting} />
            <div className={css.footer}>
              <AttachButton disabled={waiting} onFiles={addFiles} />
              <SendState
                problem={refused === null ? null : reply.problem}
                offer={channel.offer}
                text={reply.sentText}
              />
              <SendButtons
                waiting={waiting}
                uploading={reply.uploading}
                ready={reply.problem === null}
                onSend={send}
                onDoNotSendYet={reply.doNotSendYet}
              />
            </div>
          </>
        )}
      </div>
      {picker !== null && (
        <picker.SavedResponsePicker
          open={picking !== null}
          anchor={frame}
          onInsert={(body) => void insert(body)}
          onClose={() => {
            setPicking(null);
          }}
          onClosed={() => {
            box.current?.focus();
          }}
        />
      )}
      <p className="only-read" role="status">
        {said}
      </p>
      {writable && <DropArea around={area} onFiles={addFiles} />}
    </section>
  );
}
