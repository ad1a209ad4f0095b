import { findHeaderBlock } from './header-block';

/** What is new in a mail, and the history below it. */
export interface SplitText {
  text: string;
  quoted: string | null;
}

/** Ends of the line in which clients say whom they quote. */
const WROTE =
  'wrote|writes|a écrit|schrieb|schreef|escribió|escribiste|escreveu|ha scritto|scrisse|skrev|kirjoitti|napisał(?:\\(a\\)|a)?|napsal(?:\\(a\\)|a)?|napísal(?:\\(a\\)|a)?|írta|a scris|написав|написал(?:\\(а\\)|а)?|пише|έγραψε|yazdı|şunu yazdı|のメール|写道|寫道|님이 작성|제목|viết|menulis|כתב|כתבה|napisao(?:\\/la)?|je napisao|piše|rašė|kirjutas';
const ATTRIBUTION = new RegExp(
  `(?:^|\\s|\\*)(?:${WROTE})\\s*(?:/la)?\\s*[:：]?\\**\\s*$|<[^<>\\s]+@[^<>\\s]+>[^\\n]{0,60}[:：]\\s*$`,
  'iu',
);
const ATTRIBUTION_START =
  /^[>\s]*\*?(on|le|am|el|il|em|op|den|på|w dniu|dnia|dne|dňa|a|ezt írta|в|на|у|tarih|pada|vào|ב)\b/iu;
const SEPARATOR = /^\s*(?:[-_=*—]{2,}\s*[\p{L}][\p{L}\s.'’-]{3,60}?\s*[-_=*—]{2,}|_{10,}|-{20,})\s*$/u;
const DEVICE =
  /^(sent from my|sent from (outlook|yahoo|mail for)|envoyé de mon|von meinem .{1,30} gesendet|enviado desde mi|enviado do meu|inviato da|verstuurd vanaf|skickat från|get outlook for)\b/i;

/** `history`: what {@link historyLine} found; `markerAt`: where our own signed marker stands; nothing from its line on is new. */
export function splitQuoted(full: string, history: number, markerAt: number | null): SplitText {
  const lines = full.split('\n');
  const markerLine = markerAt === null ? lines.length : full.slice(0, markerAt).split('\n').length - 1;
  let cut = Math.min(history, markerAt === null ? lines.length : quotedBlockStart(lines, markerLine));
  // A signature of the device, alone at the end of what is new.
  const last = lastWords(lines, cut);
  if (last > 0 && isDevice(lines[last] ?? '') && (lines[last - 1] ?? '').trim() === '') cut = last;
  const text = lines.slice(0, cut).join('\n').trim();
  const quoted = lines.slice(cut).join('\n').trim();
  // A mail of nothing but history was written below or inside of it.
  if (text === '' && quoted !== '' && markerAt === null) return { text: full.trim(), quoted: null };
  return { text, quoted: quoted === '' ? null : quoted };
}

/** A line of its own, not a sentence that begins alike. */
const isDevice = (line: string): boolean => DEVICE.test(line.trim()) && !/,|\.\s*$/.test(line);

/** The line at which quoted history begins, by its looks; the number of lines where there is none. */
export function historyLine(full: string): number {
  const lines = full.split('\n');
  const candidates = [trailingQuotes(lines)];
  const block = findHeaderBlock(lines);
  if (block && block.end - block.start >= 2) candidates.push(withSeparator(lines, block.start));
  for (let index = 0; index < lines.length; index += 1) {
    const start = attributionAt(lines, index);
    if (start !== null) {
      candidates.push(start);
      break;
    }
  }
  return Math.min(...candidates);
}

/** The line that introduces quoted lines, or the first of the two or three over which a client wrapped it. */
function attributionAt(lines: readonly string[], index: number): number | null {
  const line = (lines[index] ?? '').trim();
  if (line === '' || line.startsWith('>') || line.length > 400 || !ATTRIBUTION.test(line)) return null;
  const next = lines.slice(index + 1).find((later) => later.trim() !== '');
  const isLast = next === undefined;
  const quotesFollow = next?.trimStart().startsWith('>') === true;
  for (let start = index; start >= Math.max(0, index - 3); start -= 1) {
    const first = (lines[start] ?? '').trim();
    if (start < index && first === '') break;
    if (ATTRIBUTION_START.test(first) && /\d/.test(lines.slice(start, index + 1).join(' '))) return start;
  }
  return quotesFollow || isLast ? index : null;
}

function withSeparator(lines: readonly string[], start: number): number {
  for (let index = start - 1; index >= Math.max(0, start - 3); index -= 1) {
    const line = (lines[index] ?? '').trim();
    if (line === '') continue;
    return SEPARATOR.test(line) || /:\s*$/.test(line) ? index : start;
  }
  return start;
}

/** Where the quoted lines at the end begin, when nothing else follows them. */
function trailingQuotes(lines: readonly string[]): number {
  let start = lines.length;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = (lines[index] ?? '').trim();
    if (line === '') continue;
    if (!line.startsWith('>')) break;
    start = index;
  }
  return start;
}

function quotedBlockStart(lines: readonly string[], markerLine: number): number {
  let start = markerLine;
  while (start > 0 && (lines[start - 1] ?? '').trimStart().startsWith('>')) start -= 1;
  return start;
}

function lastWords(lines: readonly string[], end: number): number {
  let index = end - 1;
  while (index >= 0 && (lines[index] ?? '').trim() === '') index -= 1;
  return index;
}
