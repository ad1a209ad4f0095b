import { Icon, IconButton } from '../design';
import { useFormat, useText } from '../i18n';
import css from './uploads.module.css';
import { canRetry, type Upload } from './upload-list';
import type { UploadQueue } from './upload-queue';

/** The files of the reply in the order in which they go, each with its progress or what is wrong with it. */
export function UploadChips({
  uploads,
  queue,
  locked,
}: {
  uploads: readonly Upload[];
  queue: UploadQueue;
  locked: boolean;
}) {
  const text = useText().composer;
  if (uploads.length === 0) return null;
  return (
    <ul className={css.uploads} aria-label={text.files}>
      {uploads.map((upload) => (
        <UploadChip key={upload.key} upload={upload} queue={queue} locked={locked} />
      ))}
    </ul>
  );
}

function UploadChip({ upload, queue, locked }: { upload: Upload; queue: UploadQueue; locked: boolean }) {
  const { composer: text } = useText();
  const format = useFormat();
  const { key, filename, byteSize, state, sent, problem } = upload;
  const preview = queue.preview(key);
  const share = byteSize === 0 ? 0 : sent / byteSize;
  const percent = `${format.number(Math.round(share * 100))} %`;
  const moving = state === 'uploading' || state === 'waiting';
  return (
    <li className={problem === null ? css.upload : `${css.upload ?? ''} ${css.bad ?? ''}`}>
      {preview === undefined ? (
        <Icon name={problem === null ? 'file' : 'warning'} size={20} className={css.icon} />
      ) : (
        <img className={css.preview} src={preview} alt={text.preview(filename)} />
      )}
      <div className={css.about}>
        <span className={css.name} title={filename}>
          <bdi>{filename}</bdi>
        </span>
        {problem !== null ? (
          <span className={css.problem} role="alert">
            {text.problems[problem]}
          </span>
        ) : (
          <span className={css.detail}>
            {state === 'waiting'
              ? text.uploadWaiting
              : state === 'uploading'
                ? text.uploading(percent)
                : format.bytes(byteSize)}
          </span>
        )}
        {moving && (
          <progress
            className={css.progress}
            max={1}
            value={share}
            aria-label={`${filename}: ${text.uploading(percent)}`}
          />
        )}
      </div>
      {canRetry(upload) && (
        <IconButton
          icon="refresh"
          iconSize={14}
          className={css.button}
          label={text.retryUpload(filename)}
          onClick={() => {
            queue.retry(key);
          }}
        />
      )}
      {!locked && (
        <IconButton
          icon="close"
          iconSize={14}
          className={css.button}
          label={moving ? text.cancelUpload(filename) : text.removeFile(filename)}
          onClick={() => {
            queue.remove(key);
          }}
        />
      )}
    </li>
  );
}
