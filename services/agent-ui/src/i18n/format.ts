import { useLocale } from './language';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface Format {
  /** now · 2 min · 1 h · Yesterday · 14 Mar · 14 Mar 2025 */
  ago(at: string, now: number): string;
  /** 13:32 */
  clock(at: string | number): string;
  /** Today · Yesterday · Friday 14 March · 14 March 2025: the heading over a day's messages. */
  dayHeading(at: string, now: number): string;
  /** 14 Mar 2026 */
  day(at: string): string;
  /** 14 March 2026 at 13:32 */
  full(at: string): string;
  /** 1 h 12 min, rounded down to minutes. */
  duration(milliseconds: number): string;
  /** 1.4 MB */
  bytes(count: number): string;
  number(value: number): string;
  list(items: readonly string[]): string;
}

/** Whole days of the calendar between two moments, in the reader's time zone. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(to) - day(from)) / (24 * HOUR));
}

const capital = (text: string, locale: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

export function createFormat(locale: string): Format {
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const thisYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const longDay = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  // The symbols are the same in every language; Intl writes "mins" and "1h" in some.
  const minutes = (count: number): string => `${number.format(count)}\u00a0min`;
  const hours = (count: number): string => `${number.format(count)}\u00a0h`;
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const named = (days: number): string => capital(relative.format(-days, 'day'), locale);
  return {
    ago(at, now) {
      const then = new Date(at);
      const past = now - then.getTime();
      if (past < MINUTE) return relative.format(0, 'second');
      if (past < HOUR) return minutes(Math.floor(past / MINUTE));
      const days = daysBetween(then, new Date(now));
      if (days <= 0) return hours(Math.floor(past / HOUR));
      if (days === 1) return named(1);
      return then.getFullYear() === new Date(now).getFullYear() ? thisYear.format(then) : day.format(then);
    },
    clock: (at) => clock.format(new Date(at)),
    dayHeading(at, now) {
      const then = new Date(at);
      const days = daysBetween(then, new Date(now));
      if (days <= 1) return named(Math.max(0, days));
      return then.getFullYear() === new Date(now).getFullYear()
        ? capital(weekday.format(then), locale)
        : longDay.format(then);
    },
    day: (at) => day.format(new Date(at)),
    full: (at) => full.format(new Date(at)),
    duration(milliseconds) {
      const whole = Math.max(0, Math.floor(milliseconds / MINUTE));
      const rest = minutes(whole % 60);
      return whole < 60 ? rest : `${hours(Math.floor(whole / 60))} ${rest}`;
    },
    bytes(count) {
      const [unit, size] =
        count < 1000
          ? (['byte', 1] as const)
          : count < 999_500
            ? (['kilobyte', 1000] as const)
            : (['megabyte', 1_000_000] as const);
      const digits = unit === 'megabyte' ? 1 : 0;
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: digits,
      }).format(count / size);
    },
    number: (value) => number.format(value),
    list: (items) => list.format(items),
  };
}

const formats = new Map<string, Format>();

export function useFormat(): Format {
  const locale = useLocale();
  let format = formats.get(locale);
  if (format === undefined) formats.set(locale, (format = createFormat(locale)));
  return format;
}
