import { nextChangeAt, type Offer, offersAt, offersUntold } from './reply-options';

const HOUR = 3_600_000;
const now = Date.parse('2026-11-22T12:00:00.000Z');
const messenger = (left: number): Offer => ({
  channel: 'MESSENGER',
  available: true,
  default: true,
  recipient: 'Jonas Weber',
  disabledReason: null,
  notice: null,
  windowClosesAt: new Date(now + left).toISOString(),
  includesTranscript: false,
  maxLength: 2_000,
});

test('a reply window that ends while the page is open closes without an event', () => {
  const options = [messenger(HOUR)];
  expect(offersAt(options, now)[0]).toMatchObject({ available: true, notice: 'WINDOW_CLOSING' });
  expect(nextChangeAt(options, now)).toBe(now + HOUR);
  expect(offersAt(options, now + HOUR)[0]).toMatchObject({
    available: false,
    disabledReason: 'MESSENGER_WINDOW_CLOSED',
    notice: null,
  });
  expect(nextChangeAt(options, now + HOUR)).toBeNull();
});

test('the end of a window is announced 4 hours before', () => {
  const options = [messenger(5 * HOUR)];
  expect(offersAt(options, now)[0]?.notice).toBeNull();
  expect(nextChangeAt(options, now)).toBe(now + HOUR);
  expect(offersAt(options, now + HOUR)[0]?.notice).toBe('WINDOW_CLOSING');
});

test('when the server cannot tell, the channel of the last message may be tried', () => {
  expect(offersUntold('EMAIL').map(({ channel, available }) => [channel, available])).toEqual([
    ['WEB_CHAT', false],
    ['EMAIL', true],
    ['MESSENGER', false],
  ]);
});
