/** Words for "From" that mail clients write above what they quote or forward, by language. */
const FROM =
  'from|expeditorul|від кого|送信元|de|von|da|od|från|fra|van|lähettäjä|от|від|από|kimden|gönderen|feladó|küldő|expeditor|de la|saatja|nuo|no|mittente|afsender|avsender|avsändare|remitente|remetente|expéditeur|absender|afzender|nadawca|odesílatel|odesilatel|odosielateľ|pošiljatelj|šalje|отправитель|відправник|差出人|送信者|发件人|寄件者|寄件人|보낸 사람|보낸사람|จาก|من|מאת|từ|dari|daripada|oorspronkelijk van|ze|küldte|frá|lähetti';
const LABEL = /^[\s>*_|]*\*{0,2}([\p{L}\p{M}][\p{L}\p{M}\s.'’-]{0,30}?)\s*\*{0,2}\s*[:：]\s*\*{0,2}\s*(.*)$/u;
const IS_FROM = new RegExp(`^(${FROM})$`, 'iu');
const ADDRESS = /[^\s<>"',;:()[\]]+@[^\s<>"',;:()[\]]+\.[\p{L}\p{N}-]{2,}/u;

/** Lines `From: …`, `Sent: …`, `To: …`, `Subject: …` as they stand in a text. */
export interface HeaderBlock {
  /** Index of its first line, and of the first line after it. */
  start: number;
  end: number;
  /** What stands behind "From". */
  from: string;
}

const labelOf = (line: string): { label: string; value: string } | null => {
  const match = line.length > 1_000 ? null : LABEL.exec(line);
  return match ? { label: (match[1] ?? '').trim(), value: (match[2] ?? '').replace(/\*+$/, '').trim() } : null;
};

/** The first block at or after a line that names a sender and at least one thing more. */
export function findHeaderBlock(lines: readonly string[], after = 0): HeaderBlock | null {
  for (let index = after; index < lines.length; index += 1) {
    const first = labelOf(lines[index] ?? '');
    if (!first || !IS_FROM.test(first.label)) continue;
    const { start, end, labels } = extent(lines, index);
    const from = valueWithNext(lines, index, first.value);
    if (labels >= 2 && from !== '') return { start, end, from };
  }
  return null;
}

/** A value may go on in the next line, where the client wrapped it. */
function valueWithNext(lines: readonly string[], index: number, value: string): string {
  if (ADDRESS.test(value)) return value;
  const next = (lines[index + 1] ?? '').replace(/^[\s>*]+/, '').trim();
  return ADDRESS.test(next) && (labelOf(next) === null || /^<?mailto:/i.test(next)) ? `${value} ${next}` : value;
}

/** Clients put From first or after Date or Subject; a line without a label may carry on the one before it. */
function extent(lines: readonly string[], at: number): { start: number; end: number; labels: number } {
  let start = at;
  let labels = 1;
  for (let index = at - 1; index >= Math.max(0, at - 4); index -= 1) {
    const line = lines[index] ?? '';
    if (labelOf(line) === null) break;
    labels += 1;
    start = index;
  }
  let end = at + 1;
  for (let index = at + 1, blanks = 0; index < Math.min(lines.length, at + 14) && blanks < 2; index += 1) {
    const line = (lines[index] ?? '').replace(/^[\s>]+/, '');
    if (line === '') {
      blanks += 1;
      continue;
    }
    if (labelOf(line) !== null) {
      labels += 1;
      end = index + 1;
      blanks = 0;
    } else if (blanks > 0 || !/@|^[\p{L}\p{N}]/u.test(line) || index > end + 1) break;
  }
  return { start, end, labels };
}

export const addressIn = (text: string): string | null => ADDRESS.exec(text)?.[0] ?? null;
