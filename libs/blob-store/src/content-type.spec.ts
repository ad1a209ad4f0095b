import { contentTypeOf } from './content-type';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/pooBPQAAAABJRU5ErkJggg==',
  'base64',
);

describe('security row 2: the type comes from the content', () => {
  test.each([
    ['a picture under a wrong name', PNG, 'page.html', 'image/png'],
    [
      'a page under the name of a picture',
      Buffer.from('<!doctype html><script>alert(1)</script>'),
      'a.png',
      'text/plain',
    ],
    [
      'an SVG without a prolog',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'a.svg',
      'text/plain',
    ],
    [
      'XML',
      Buffer.from('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
      'a.xml',
      'application/octet-stream',
    ],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'a.pdf', 'application/pdf'],
    ['words', Buffer.from('Grüße, Zoë'), 'a.txt', 'text/plain'],
    ['bytes', Buffer.from([0, 1, 2, 250, 255, 0, 9, 9, 9, 9, 9, 9]), 'a.bin', 'application/octet-stream'],
  ])('%s', async (_what, content, name, type) => {
    expect(await contentTypeOf(content, name)).toBe(type);
  });

  test('text that is cut within a character is text', async () => {
    expect(await contentTypeOf(Buffer.from('é'.repeat(10)).subarray(0, 15), 'a.txt')).toBe('text/plain');
  });

  test.each([
    ['a Windows program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'photo.png'],
    [
      'a Linux program',
      Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(200)]),
      'notes.txt',
    ],
    ['a program by its name', Buffer.from('echo hello'), 'Invoice.PDF.bat'],
  ])('%s is not taken', async (_what, content, name) => {
    expect(await contentTypeOf(content, name)).toBeNull();
  });
});
