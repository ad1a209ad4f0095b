import { earlierMessages, type MailBody } from './mail-body';
import { mailWords } from './mail-words';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** Web addresses as people write them; the punctuation behind one belongs to the sentence. */
const LINK = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}]/gi;

/** Typed text: lines stay lines, web addresses become links, and nothing else becomes markup. */
function paragraphs(text: string): string {
  return text
    .trim()
    .split(/(?:\r?\n){2,}/)
    .map((paragraph) => `<p style="margin:0 0 12px">${lines(paragraph)}</p>`)
    .join('\n');
}

function lines(text: string): string {
  let html = '';
  let end = 0;
  for (const { 0: link, index } of text.matchAll(LINK)) {
    html += `${escape(text.slice(end, index))}<a href="${escape(link)}">${escape(link)}</a>`;
    end = index + link.length;
  }
  return (html + escape(text.slice(end))).replace(/\r?\n/g, '<br>');
}

const FONT = "font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** 5.9:1 on white; the dark one is 8.6:1 on #1c1c1e. */
const QUIET = 'color:#5b6470';

/** The text/html alternative: one column, no pictures, nothing that is fetched; readable in both colour schemes. */
export function htmlBody(mail: MailBody): string {
  const words = mailWords[mail.locale];
  const earlier = earlierMessages(mail);
  const signature =
    mail.signature === '' ? '' : `<p class="quiet" style="margin:0 0 12px;${QUIET}">${lines(mail.signature)}</p>`;
  const heading = `<h2 class="quiet" style="font-size:14px;font-weight:600;margin:0 0 12px;${QUIET}">${words.earlier}</h2>`;
  const messages = earlier.map(
    ({ name, when, text, files }) => `<div style="margin:0 0 16px">
<p style="margin:0 0 4px"><strong>${escape(name)}</strong> <span class="quiet" style="${QUIET}">· ${escape(when)}</span></p>
${text === '' ? '' : paragraphs(text)}${files === null ? '' : `<p class="quiet" style="margin:0;${QUIET}">${escape(files)}</p>`}
</div>`,
  );
  const older = mail.transcriptCut ? `<p class="quiet" style="margin:0;${QUIET}">${words.older}</p>` : '';
  const history =
    earlier.length === 0 && older === ''
      ? ''
      : `<div style="border-top:1px solid #c9ced6;margin-top:24px;padding-top:16px;font-size:14px">
${earlier.length === 0 ? '' : heading}
${messages.join('\n')}
${older}
</div>`;
  return `<!doctype html>
<html lang="${mail.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(mail.subject)}</title>
<style>@media (prefers-color-scheme: dark) { .quiet { color: #b4bcc6 !important } }</style>
</head>
<body style="margin:0;padding:16px;${FONT}">
<div lang="${mail.locale}" style="max-width:640px">
${paragraphs(mail.text)}
${signature}
<p class="quiet" style="margin:0;font-size:12px;${QUIET}">${words.reference}${escape(mail.marker)}</p>
${history}
</div>
</body>
</html>
`;
}
