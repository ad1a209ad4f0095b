import { type PartState, stateOf } from './reply-state';

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 13, 0, second));
const NO_MARKS = { delivered_at: null, seen_at: null };
const part = (state: PartState['state'], given: Partial<PartState> = {}): PartState => ({
  ...{ place: 0, attempt: 1, state, open: state === 'queued' || state === 'sending' },
  ...{ sent_at: state === 'sent' ? at(1) : null, failure_code: null, detail: null },
  ...given,
});

it('nothing is said while a part is under way, an unknown one whose echo is waited for included', () => {
  expect(stateOf([part('sent'), part('queued', { place: 1 })], NO_MARKS)).toBeNull();
  expect(stateOf([part('unknown', { open: true })], NO_MARKS)).toBeNull();
});

it('a message is sent, delivered or seen when all of its parts are', () => {
  const parts = [part('sent'), part('sent', { place: 1, sent_at: at(3) })];
  expect(stateOf(parts, NO_MARKS)).toMatchObject({ state: 'SENT', retryable: false, at: at(3) });
  expect(stateOf(parts, { delivered_at: at(2), seen_at: null })).toMatchObject({ state: 'SENT' });
  expect(stateOf(parts, { delivered_at: at(3), seen_at: at(2) })).toMatchObject({ state: 'DELIVERED', at: at(3) });
  expect(stateOf(parts, { delivered_at: null, seen_at: at(4) })).toMatchObject({ state: 'SEEN', at: at(4) });
});

it('a part that failed or is unknown decides, and may be sent again', () => {
  const failed = part('failed', { place: 1, failure_code: 'WINDOW', detail: 'closed' });
  expect(stateOf([part('unknown'), failed], NO_MARKS)).toMatchObject({
    state: 'FAILED',
    failureCode: 'WINDOW',
    retryable: true,
  });
  expect(stateOf([part('sent'), part('unknown', { place: 1 })], NO_MARKS)).toMatchObject({
    state: 'UNKNOWN',
    retryable: true,
  });
});

it('the last attempt counts, unless an earlier one arrived after all', () => {
  expect(stateOf([part('failed'), part('sent', { attempt: 2 })], NO_MARKS)).toMatchObject({ state: 'SENT' });
  expect(stateOf([part('sent'), part('failed', { attempt: 2 })], NO_MARKS)).toMatchObject({ state: 'SENT' });
});
