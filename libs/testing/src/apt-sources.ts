import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A Debian mirror that this system already trusts. */
export interface Mirror {
  uri: string;
  /** Keyring that the system checks it with, when its sources name one. */
  signedBy: string | undefined;
}

const DEBIAN_SUITES = /^(bullseye|bookworm|trixie|forky|sid|oldstable|stable|testing|unstable)$/;

/** `Key: value` paragraphs of a .sources file (deb822). */
function mirrorsOfParagraphs(text: string): Mirror[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = new Map<string, string>();
    for (const line of paragraph.split('\n')) {
      const field = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
      if (field?.[1] !== undefined && field[2] !== undefined) fields.set(field[1].toLowerCase(), field[2].trim());
    }
    const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean);
    if (fields.get('enabled') === 'no' || !words('types').includes('deb')) return [];
    if (!words('suites').some((suite) => DEBIAN_SUITES.test(suite))) return [];
    const signedBy = words('signed-by').find((path) => path.startsWith('/'));
    return words('uris').map((uri) => ({ uri, signedBy }));
  });
}

/** `deb [options] uri suite components` lines of a .list file. */
function mirrorsOfLines(text: string): Mirror[] {
  return text.split('\n').flatMap((line) => {
    const parts = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s/.exec(`${line} `);
    if (parts?.[2] === undefined || !DEBIAN_SUITES.test(parts[3] ?? '')) return [];
    return [{ uri: parts[2], signedBy: /signed-by=(\/\S+)/.exec(parts[1] ?? '')?.[1] }];
  });
}

/** The Debian mirrors of the system's apt sources, in their order; none on a system that is not Debian. */
export function debianMirrors(aptFolder = '/etc/apt'): Mirror[] {
  const parts = join(aptFolder, 'sources.list.d');
  const files = [join(aptFolder, 'sources.list'), ...(existsSync(parts) ? readdirSync(parts).sort() : [])].map(
    (file) => (file.startsWith('/') ? file : join(parts, file)),
  );
  const mirrors = files.filter(existsSync).flatMap((file) => {
    if (file.endsWith('.sources')) return mirrorsOfParagraphs(readFileSync(file, 'utf8'));
    return file.endsWith('.list') ? mirrorsOfLines(readFileSync(file, 'utf8')) : [];
  });
  return mirrors.filter((mirror, index) => mirrors.findIndex((other) => other.uri === mirror.uri) === index);
}
