import { fileTypeFromBuffer } from 'file-type';

/** Bytes that are looked at: enough for what stands at the beginning of an office file's archive. */
export const SAMPLE_BYTES = 64 * 1024;

/** What a person's double click would run. */
const PROGRAMS = new Set([
  ...['application/x-msdownload', 'application/x-elf', 'application/x-mach-binary', 'application/x-ms-shortcut'],
  ...['application/java-vm', 'application/vnd.android.package-archive', 'application/x-apple-diskimage'],
  ...[
    'application/x-debian-package',
    'application/x-rpm',
    'application/x-deb',
    'application/x-google-chrome-extension',
  ],
]);
const PROGRAM_ENDINGS = new Set(
  (
    'apk app appx application bat chm cmd com cpl dll dmg exe gadget hta inf ins iso jar jnlp js jse lnk msc msi msix msp ' +
    'mst pif ps1 psm1 reg scf scr sct sys url vb vbe vbs vhd wsc wsf wsh xll'
  ).split(' '),
);

/** What a browser would run when it showed it: passed on as bytes without a meaning. */
const ACTIVE = /html|svg|xml|script|shockwave/;

/** The type by content, never by name or by what the sender says; null for what may not be sent at all. */
export async function contentTypeOf(sample: Buffer, filename: string): Promise<string | null> {
  const ending = /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  if (PROGRAM_ENDINGS.has(ending)) return null;
  const found = await fileTypeFromBuffer(sample);
  if (found === undefined) return isText(sample) ? 'text/plain' : 'application/octet-stream';
  if (PROGRAMS.has(found.mime)) return null;
  // Office files are archives of XML and may name it; no browser runs those.
  const office = found.mime.startsWith('application/vnd.');
  return !office && ACTIVE.test(found.mime) ? 'application/octet-stream' : found.mime;
}

/** UTF-8 without control characters that text does not have; the sample may end within a character. */
function isText(sample: Buffer): boolean {
  if (sample.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27))
    return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    // Not UTF-8: bytes.
    return false;
  }
}
