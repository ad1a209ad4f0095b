import type { OpeningHours, Weekday } from '@conversations/contracts';

/** What the clocks of a place show at an instant. */
interface LocalTime {
  /** `YYYY-MM-DD` */
  date: string;
  day: Weekday;
  minuteOfDay: number;
}

const DAYS: Weekday[] = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

/** Making one takes as long as hundreds of uses. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether the runtime knows a time zone by this IANA name. */
export function isTimeZone(name: string): boolean {
  // An offset is a zone to Intl, but one without the summer time that people expect.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    clockOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** `HH:MM`, up to 24:00, as minutes since midnight; null when it is no time of day. */
export function minutesOf(time: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return null;
  const total = Number(hours) * 60 + Number(minutes);
  return total <= 24 * 60 ? total : null;
}

/** Whether a date is in the calendar. */
export function isDate(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}

/**
 * Whether it is open at an instant. The hours are those of the place's clocks, so that a change to summer time moves the
 * instants and not the hours; an hour that the clocks show twice is open, or closed, both times.
 */
export function isOpen(hours: OpeningHours | null, at: Date): boolean {
  if (hours === null) return true;
  const { date, day, minuteOfDay } = localTime(hours.timeZone, at);
  if (hours.holidays.includes(date)) return false;
  return hours.weekly.some((period) => {
    const [from, to] = [minutesOf(period.opensAt), minutesOf(period.closesAt)];
    return period.day === day && from !== null && to !== null && from <= minuteOfDay && minuteOfDay < to;
  });
}

function localTime(timeZone: string, at: Date): LocalTime {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return {
    date,
    day: DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'SUNDAY',
    minuteOfDay: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const digits = '2-digit' as const;
  const clock = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: digits, day: digits, hour: digits, minute: digits },
  });
  clocks.set(timeZone, clock);
  return clock;
}
