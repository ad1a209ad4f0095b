import type { OpeningHours, Weekday } from '@conversations/contracts';
import fc from 'fast-check';
import { isDate, isOpen, isTimeZone, minutesOf } from './opening-hours';

const DAYS: Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const daily = (timeZone: string, opensAt: string, closesAt: string, holidays: string[] = []): OpeningHours => ({
  timeZone,
  weekly: DAYS.map((day) => ({ day, opensAt, closesAt })),
  holidays,
});
const openAt = (hours: OpeningHours, ...instants: string[]) => instants.map((at) => isOpen(hours, new Date(at)));
/** Open minutes from one instant to another. */
const minutes = (hours: OpeningHours, from: string, to: string) => {
  let open = 0;
  for (let at = Date.parse(from); at < Date.parse(to); at += 60_000) if (isOpen(hours, new Date(at))) open += 1;
  return open;
};

test('it opens with the first minute and is closed with the last', () => {
  const hours = daily('Europe/Paris', '09:00', '17:30');
  expect(
    openAt(hours, '2026-11-25T07:59:59Z', '2026-11-25T08:00:00Z', '2026-11-25T16:29:59Z', '2026-11-25T16:30:00Z'),
  ).toEqual([false, true, true, false]);
});

test('the hours are those of the place’s clocks, in summer and in winter', () => {
  const hours = daily('Europe/Paris', '09:00', '10:00');
  // 29 March 2026: Paris goes from UTC+1 to UTC+2; 25 October: back.
  expect(openAt(hours, '2026-03-28T08:30:00Z', '2026-03-29T08:30:00Z', '2026-03-29T07:30:00Z')).toEqual([
    true,
    false,
    true,
  ]);
  expect(openAt(hours, '2026-10-24T07:30:00Z', '2026-10-25T07:30:00Z', '2026-10-25T08:30:00Z')).toEqual([
    true,
    false,
    true,
  ]);
});

test('an hour that the clocks skip is not there, one that they show twice counts twice', () => {
  const night = daily('Europe/Paris', '02:00', '03:00');
  expect(minutes(night, '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toBe(0);
  expect(minutes(night, '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toBe(120);
  const whole = daily('America/New_York', '00:00', '24:00');
  expect(minutes(whole, '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z')).toBe(23 * 60);
  expect(minutes(whole, '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z')).toBe(25 * 60);
});

test('a holiday is closed from midnight to midnight of the place', () => {
  const hours = daily('Pacific/Auckland', '00:00', '24:00', ['2026-12-25']);
  expect(
    openAt(hours, '2026-12-24T10:59:00Z', '2026-12-24T11:00:00Z', '2026-12-25T10:59:00Z', '2026-12-25T11:00:00Z'),
  ).toEqual([true, false, false, true]);
});

test('without hours it is always open, without periods never', () => {
  expect(isOpen(null, new Date())).toBe(true);
  expect(isOpen({ timeZone: 'UTC', weekly: [], holidays: [] }, new Date())).toBe(false);
});

const time = fc.integer({ min: 0, max: 24 * 60 }).map((at) => {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(at / 60))}:${two(at % 60)}`;
});
const period = fc.record({ day: fc.constantFrom(...DAYS), opensAt: time, closesAt: time });
const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const zone = fc.constantFrom(
  'Europe/Paris',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
);

test('where the offset never changes it is plain arithmetic', () => {
  const offset = fc.integer({ min: -12, max: 14 });
  fc.assert(
    fc.property(fc.array(period, { maxLength: 8 }), offset, instant, (weekly, hours, at) => {
      // The names of these zones have the sign turned around.
      const timeZone = hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
      const local = new Date(at.getTime() + hours * 3_600_000);
      const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
      const expected = weekly.some(
        ({ day, opensAt, closesAt }) =>
          DAYS.indexOf(day) === (local.getUTCDay() + 6) % 7 &&
          (minutesOf(opensAt) ?? 0) <= minute &&
          minute < (minutesOf(closesAt) ?? 0),
      );
      expect(isOpen({ timeZone, weekly, holidays: [] }, at)).toBe(expected);
    }),
  );
});

test('periods add up: more of them never close, a holiday never opens', () => {
  fc.assert(
    fc.property(fc.array(period), fc.array(period), zone, instant, (some, more, timeZone, at) => {
      const open = (weekly: OpeningHours['weekly'], holidays: string[] = []) =>
        isOpen({ timeZone, weekly, holidays }, at);
      expect(open([...some, ...more])).toBe(open(some) || open(more));
      const dates = [-1, 0, 1].map((days) => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10));
      expect(open([...some, ...more], dates)).toBe(false);
    }),
  );
});

test('times, dates and zones are told from what looks like them', () => {
  expect(['00:00', '24:00', '24:01', '12:60', '9:00', '09:00 '].map(minutesOf)).toEqual([
    0,
    1440,
    null,
    null,
    null,
    null,
  ]);
  expect(['2026-02-28', '2026-02-29', '2028-02-29', '26-1-1', ''].map(isDate)).toEqual([
    true,
    false,
    true,
    false,
    false,
  ]);
  expect(['Europe/Paris', 'UTC', 'Europe/Atlantis', '+02:00', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
