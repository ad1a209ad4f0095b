import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianMirrors } from './apt-sources';

describe('the Debian mirrors of a system', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apt-sources-'));
    mkdirSync(join(folder, 'sources.list.d'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  it('are read from paragraphs, without the security suites', () => {
    write(
      'sources.list.d/debian.sources',
      [
        'Types: deb',
        '# a comment',
        'URIs: http://mirror.example/debian',
        'Suites: bookworm bookworm-updates',
        'Components: main',
        'Signed-By: /usr/share/keyrings/debian.gpg',
        '',
        'Types: deb',
        'URIs: http://mirror.example/debian-security',
        'Suites: bookworm-security',
      ].join('\n'),
    );
    expect(debianMirrors(folder)).toEqual([
      { uri: 'http://mirror.example/debian', signedBy: '/usr/share/keyrings/debian.gpg' },
    ]);
  });

  it('are read from lines, each once', () => {
    write(
      'sources.list',
      [
        '# deb http://old.example/debian bookworm main',
        'deb [arch=amd64 signed-by=/keys/debian.gpg] http://mirror.example/debian bookworm main',
        'deb http://mirror.example/debian trixie main',
        'deb-src http://mirror.example/sources bookworm main',
      ].join('\n'),
    );
    expect(debianMirrors(folder)).toEqual([{ uri: 'http://mirror.example/debian', signedBy: '/keys/debian.gpg' }]);
  });

  it('are none where the sources are disabled or belong to another system', () => {
    write('sources.list', 'deb http://mirror.example/ubuntu noble main');
    write(
      'sources.list.d/off.sources',
      'Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: trixie\nComponents: main',
    );
    write('sources.list.d/old.sources.disabled', 'Types: deb\nURIs: http://off.example/debian\nSuites: trixie');
    expect(debianMirrors(folder)).toEqual([]);
  });
});
