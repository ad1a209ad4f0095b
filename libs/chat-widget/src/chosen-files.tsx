import type { ChatSession } from './chat-session';
import { fileSize } from './file-size';
import { CloseIcon, FileIcon } from './icons';
import type { Locale } from './i18n/locale';
import type { ChosenFile } from './uploads';

/** The files of the message being written, each with how far it is and a way to leave it out. */
export function ChosenFiles({ session, locale }: { session: ChatSession; locale: Locale }) {
  const { chosen } = session.uploads;
  if (chosen.length === 0) return null;
  return (
    <ul class="chosen" aria-label={locale.text.files}>
      {chosen.map((one) => (
        <li key={one.key}>
          <ChosenFileView one={one} session={session} locale={locale} />
        </li>
      ))}
    </ul>
  );
}

function ChosenFileView({ one, session, locale }: { one: ChosenFile; session: ChatSession; locale: Locale }) {
  const { text, tag } = locale;
  const { uploads } = session;
  const preview = one.uploaded === null ? undefined : uploads.previewOf(one.uploaded.id);
  const again = one.trouble === 'UNREACHABLE' || one.trouble === 'TOO_MANY' || one.trouble === 'STORAGE_UNAVAILABLE';
  return (
    <>
      {preview === undefined ? <FileIcon /> : <img src={preview} alt="" />}
      <div>
        <bdi>{one.name}</bdi> <small>{fileSize(one.byteSize, tag)}</small>
        {one.uploaded === null && one.trouble === null && (
          <progress value={one.progress} aria-label={text.uploading(one.name)} />
        )}
        <p role="status" class={one.trouble === null ? 'hidden' : 'danger'}>
          {one.trouble === null ? (one.uploaded === null ? '' : text.attached(one.name)) : text.trouble[one.trouble]}
        </p>
      </div>
      {again && (
        <button
          class="small"
          type="button"
          onClick={() => {
            uploads.retry(one.key);
          }}
        >
          {text.tryAgain}
        </button>
      )}
      <button
        class="round"
        type="button"
        aria-label={text.leaveOut(one.name)}
        onClick={() => {
          uploads.remove(one.key);
        }}
      >
        <CloseIcon />
      </button>
    </>
  );
}
