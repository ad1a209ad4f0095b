import type { ChannelKind } from '../generated/documents';
import { CHANNELS, type Offer, offersUntold } from './reply-options';
import { sendProblem } from './send-problem';
import { addFiles, failed } from './upload-list';

const by = (channel: ChannelKind, maxLength = 10): Offer | undefined =>
  offersUntold(channel)
    .filter((offer) => offer.channel === channel)
    .map((offer) => ({ ...offer, maxLength }))[0];
const file = addFiles([], [{ key: 'a', filename: 'a.txt', byteSize: 3, contentType: 'text/plain' }]);

test('spaces alone are nothing to send, a file alone is', () => {
  expect(sendProblem({ text: ' \n', uploads: [], offer: by('WEB_CHAT') })).toBe('EMPTY');
  expect(sendProblem({ text: '', uploads: file, offer: by('WEB_CHAT') })).toBeNull();
});

test('the limit counts what the server counts: after trimming, an emoji as two', () => {
  expect(sendProblem({ text: ` ${'a'.repeat(10)} `, uploads: [], offer: by('EMAIL') })).toBeNull();
  expect(sendProblem({ text: '😀'.repeat(5), uploads: [], offer: by('EMAIL') })).toBeNull();
  expect(sendProblem({ text: `${'😀'.repeat(5)}a`, uploads: [], offer: by('EMAIL') })).toBe('TOO_LONG');
});

test('files go by every channel, and none is left behind in silence', () => {
  for (const channel of CHANNELS) expect(sendProblem({ text: '', uploads: file, offer: by(channel) })).toBeNull();
  expect(sendProblem({ text: 'Hi', uploads: failed(file, 'a', 'OFFLINE'), offer: by('WEB_CHAT') })).toBe(
    'FILES_FAILED',
  );
});

test('a channel that cannot be used sends nothing', () => {
  expect(sendProblem({ text: 'Hi', uploads: [], offer: undefined })).toBe('UNAVAILABLE');
});

test('a tag that cannot be filled in keeps the reply, whatever else is wrong with its text', () => {
  const tags = [{ problem: null }, { problem: 'NO_VALUE' }];
  expect(sendProblem({ text: 'a'.repeat(11), uploads: [], offer: by('EMAIL'), tags })).toBe('TAGS');
  expect(sendProblem({ text: 'a', uploads: [], offer: by('EMAIL'), tags: tags.slice(0, 1) })).toBeNull();
});
