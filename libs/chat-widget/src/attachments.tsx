import type { WidgetAttachment } from '@conversations/contracts';
import { useState } from 'preact/hooks';
import { isOver } from './attachment-link';
import type { ChatSession } from './chat-session';
import { fileSize } from './file-size';
import { FileIcon } from './icons';
import type { Locale } from './i18n/locale';

const IMAGE = /^image\/(png|jpeg|gif|webp)$/;

interface AttachmentsProps {
  attachments: readonly WidgetAttachment[];
  session: ChatSession;
  locale: Locale;
  /** False while the message is not stored: then nobody but this tab has the file. */
  stored: boolean;
}

/** The files of a message: pictures are shown, everything else is a link that saves it. */
export function Attachments({ attachments, ...rest }: AttachmentsProps) {
  return attachments.map((attachment) => <AttachmentView key={attachment.id} attachment={attachment} {...rest} />);
}

type ViewProps = Omit<AttachmentsProps, 'attachments'> & { attachment: WidgetAttachment };

function AttachmentView({ attachment, session, locale, stored }: ViewProps) {
  const { id, filename, contentType, byteSize } = attachment;
  const [renewed, setRenewed] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const url = renewed ?? attachment.url;
  const preview = session.uploads.previewOf(id);
  const picture = preview ?? (IMAGE.test(contentType) && url !== '' ? `${url}&inline=image` : null);

  const renew = async () => {
    const link = await session.linkOf(id);
    setFailed(link === null);
    setRenewed(link);
    return link;
  };
  const onClick = (event: MouseEvent) => {
    if (!isOver(url)) return;
    event.preventDefault();
    void renew().then((link) => {
      if (link !== null) save(link);
    });
  };
  const content = (
    <>
      {picture === null || (failed && preview === undefined) ? (
        <FileIcon />
      ) : (
        <img
          src={picture}
          alt=""
          onError={() => {
            // Its time is over: one more try, with a new address.
            if (renewed === null && preview === undefined) void renew();
            else setFailed(true);
          }}
        />
      )}
      <span>
        <bdi>{filename}</bdi> <small>{fileSize(byteSize, locale.tag)}</small>
      </span>
    </>
  );
  const shape = picture === null || failed ? 'file' : 'file picture';
  if (!stored) return <div class={shape}>{content}</div>;
  return (
    <>
      <a class={shape} href={url === '' ? '#' : url} download={filename} onClick={onClick}>
        <span class="hidden">{locale.text.download} </span>
        {content}
      </a>
      {failed && <small class="danger">{locale.text.fileGone}</small>}
    </>
  );
}

function save(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}
