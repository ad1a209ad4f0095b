import { useState } from 'react';
import type { ThreadMessage } from '../data';
import { Icon } from '../design';
import { useFormat, useText } from '../i18n';
import css from './attachments.module.css';

type Stored = ThreadMessage['attachments'][number];
interface Sent {
  id: string;
  filename: string;
  contentType: string;
  byteSize: number;
}

/** Files of a message; those of one that is not stored yet cannot be opened. */
export function Attachments({ files }: { files: readonly (Stored | Sent)[] }) {
  if (files.length === 0) return null;
  return (
    <ul className={css.files}>
      {files.map((file) => (
        <li key={file.id}>
          {'thumbnailUrl' in file && file.thumbnailUrl !== null ? (
            <Thumbnail file={file} address={file.thumbnailUrl} />
          ) : (
            <FileChip file={file} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** The box has its size before the picture is there, so that nothing moves when it comes. */
function Thumbnail({ file, address }: { file: Stored; address: string }) {
  const [broken, setBroken] = useState(false);
  const text = useText().thread;
  const format = useFormat();
  if (broken) return <FileChip file={file} />;
  return (
    <a
      className={css.picture}
      href={file.downloadUrl}
      download={file.filename}
      aria-label={text.openImage(file.filename, format.bytes(file.byteSize))}
      title={file.filename}
    >
      <img src={address} alt="" loading="lazy" decoding="async" onError={() => setBroken(true)} />
    </a>
  );
}

function FileChip({ file }: { file: Stored | Sent }) {
  const text = useText().thread;
  const format = useFormat();
  const size = format.bytes(file.byteSize);
  const inside = (
    <>
      <Icon name={file.contentType.startsWith('image/') ? 'image' : 'file'} size={18} />
      <span className={css.about}>
        <bdi className={css.name}>{file.filename}</bdi>
        <span className={css.size}>{size}</span>
      </span>
    </>
  );
  if (!('downloadUrl' in file)) return <span className={css.chip}>{inside}</span>;
  return (
    <a className={css.chip} href={file.downloadUrl} download={file.filename} title={file.filename}>
      {inside}
      <Icon name="download" label={text.download} />
    </a>
  );
}
