import { mailHtml, MAX_PICTURES } from './mail-html';

const picture = (id: string, given = {}) => ({
  id,
  filename: 'a.png',
  contentType: 'image/png',
  byteSize: 3,
  storageKey: 'k',
  inline: true,
  ...given,
});
const read = () => Promise.resolve(Buffer.from('abc'));
const own = '<p>Hi <img alt="x" data-attachment="up_1" /></p>';
const remote = '<img data-remote-src="https://cdn.example/a.png?x=1&amp;y=$1" alt="b" />';

it('the mail’s own pictures stand in its HTML', async () => {
  expect(await mailHtml(own, [picture('up_1')], read, false)).toBe(
    '<p>Hi <img alt="x" src="data:image/png;base64,YWJj" /></p>',
  );
});

it('pictures from elsewhere stay marked until they are asked for', async () => {
  expect(await mailHtml(remote, [], read, false)).toBe(remote);
  expect(await mailHtml(remote, [], read, true)).toBe('<img src="https://cdn.example/a.png?x=1&amp;y=$1" alt="b" />');
});

it('an address that is none of the web is never a source', async () => {
  const html = '<img data-remote-src="javascript:alert(1)" />';
  expect(await mailHtml(html, [], read, true)).toBe(html);
});

it('what is no picture, not there, or beyond the bound stays out', async () => {
  for (const given of [
    { contentType: 'image/svg+xml' },
    { contentType: 'text/html' },
    { byteSize: MAX_PICTURES + 1 },
  ]) {
    expect(await mailHtml(own, [picture('up_1', given)], read, true)).toBe(own);
  }
  expect(await mailHtml(own, [picture('up_2')], read, true)).toBe(own);
  expect(await mailHtml(own, [picture('up_1')], () => Promise.resolve(null), true)).toBe(own);
});

it('text that looks like a mark is text', async () => {
  const html = '<p>&lt;img data-attachment="up_1"&gt; data-attachment="up_1"</p>';
  expect(await mailHtml(html, [picture('up_1')], read, true)).toBe(html);
});
