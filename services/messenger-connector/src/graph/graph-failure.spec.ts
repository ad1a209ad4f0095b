import { classOfCodes, classOfNetworkError, classOfStatus } from './graph-failure';

it.each([
  ['WINDOW', 10, 2018278],
  ['WINDOW', 10, 2018065],
  ['RECIPIENT', 551, undefined],
  ['RECIPIENT', 551, 1545041],
  ['RECIPIENT', 10, 2018108],
  ['RECIPIENT', 200, 1545041],
  ['RECIPIENT', 100, 2018001],
  ['RECIPIENT', 100, 33],
  ['PAYLOAD', 100, undefined],
  ['PAYLOAD', 100, 2018109],
  ['AUTH', 190, 460],
  ['AUTH', 190, 463],
  ['AUTH', 190, 33],
  ['PERMISSION', 10, undefined],
  ['PERMISSION', 200, undefined],
  ['PERMISSION', 230, undefined],
  ['OWNERSHIP', 10, 2018300],
  ['THROTTLE', 4, undefined],
  ['THROTTLE', 17, undefined],
  ['THROTTLE', 32, undefined],
  ['THROTTLE', 613, undefined],
  ['RESTRICTED', 10, 1893063],
  ['RETRY', 1, undefined],
  ['RETRY', 2, undefined],
  ['RETRY', 1200, undefined],
  ['PAYLOAD', 987654, 3],
])('%s is code %s with subcode %s', (failure, code, subcode) => {
  expect(classOfCodes(code, subcode)).toBe(failure);
});

it('a status without Graph’s own words is tried again only where the request certainly had no effect', () => {
  expect([502, 504, 500, 200, 302, 503, 429, 413].map(classOfStatus)).toEqual([
    ...['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
    ...['RETRY', 'THROTTLE', 'PAYLOAD'],
  ]);
});

it('a connection that was refused sent nothing, one that broke may have', () => {
  const failed = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  const codes = ['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'];
  expect(codes.map((code) => classOfNetworkError(failed(code)))).toEqual([
    ...['RETRY', 'RETRY', 'RETRY'],
    ...['UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  ]);
  expect(classOfNetworkError(new DOMException('timed out', 'TimeoutError'))).toBe('UNKNOWN');
});
