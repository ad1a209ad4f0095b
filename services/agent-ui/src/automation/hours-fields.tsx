import { useId, useState } from 'react';
import { Button, Field, IconButton } from '../design';
import { useFormat, useText } from '../i18n';
import { Switch } from '../settings/choices';
import css from './automation.module.css';
import { problemText } from './editing';
import type { OpeningHours, Weekday } from './flow';
import { isDate, type Problems } from './flow-problems';
import { TimeField } from './time-field';

const DAYS: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const START = { opensAt: '09:00', closesAt: '17:00' };

/** Where the admin is, on working days. */
const usualHours = (): OpeningHours => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  weekly: DAYS.slice(0, 5).map((day) => ({ day, ...START })),
  holidays: [],
});

export function HoursFields({
  hours,
  problems,
  readOnly,
  onChange,
}: {
  hours: OpeningHours | null;
  problems: Problems;
  readOnly: boolean;
  onChange: (hours: OpeningHours | null) => void;
}) {
  const text = useText().automation;
  // What was set stays while the switch is tried out.
  const [last, setLast] = useState<OpeningHours | null>(hours);
  const zones = useId();
  const problem = (field: string) => problemText(text, problems.get(`openingHours.${field}`));
  return (
    <>
      <Switch
        label={text.byHours}
        hint={text.byHoursHint}
        on={hours !== null}
        disabled={readOnly}
        onChange={(on) => {
          if (hours !== null) setLast(hours);
          onChange(on ? (last ?? usualHours()) : null);
        }}
      />
      {hours !== null && (
        <>
          <Field
            label={text.timeZone}
            hint={text.timeZoneHint}
            className={css.zone}
            list={zones}
            autoComplete="off"
            spellCheck={false}
            value={hours.timeZone}
            readOnly={readOnly}
            error={problem('timeZone')}
            onChange={(event) => onChange({ ...hours, timeZone: event.target.value.trim() })}
          />
          <datalist id={zones}>
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          <div role="group" aria-label={text.week} className={css.week}>
            {DAYS.map((day) => (
              <Day key={day} day={day} hours={hours} problems={problems} readOnly={readOnly} onChange={onChange} />
            ))}
            {problem('weekly') !== undefined && <p className={css.error}>{problem('weekly')}</p>}
          </div>
          <Holidays hours={hours} error={problem('holidays')} readOnly={readOnly} onChange={onChange} />
        </>
      )}
    </>
  );
}

function Day({
  day,
  hours,
  problems,
  readOnly,
  onChange,
}: {
  day: Weekday;
  hours: OpeningHours;
  problems: Problems;
  readOnly: boolean;
  onChange: (hours: OpeningHours) => void;
}) {
  const text = useText().automation;
  const name = text.days[day];
  const { weekly } = hours;
  const own = weekly.flatMap((period, index) => (period.day === day ? [{ period, index }] : []));
  const write = (index: number, change: Partial<typeof START>) =>
    onChange({ ...hours, weekly: weekly.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  const add = () => {
    // After the day's own, or before those of later days: the list stays in the order of the week.
    const later = weekly.findIndex((one) => DAYS.indexOf(one.day) > DAYS.indexOf(day));
    const period = { day, ...(own.length === 0 ? START : { opensAt: '', closesAt: '' }) };
    onChange({ ...hours, weekly: weekly.toSpliced(later === -1 ? weekly.length : later, 0, period) });
  };
  return (
    <div className={css.day}>
      <span className={css.dayName}>{name}</span>
      <div className={css.periods}>
        {own.length === 0 && <span className={css.hint}>{text.closedAllDay}</span>}
        {own.map(({ period, index }, at) => {
          const errors = (['opensAt', 'closesAt'] as const).map((field) =>
            problemText(text, problems.get(`openingHours.weekly.${String(index)}.${field}`)),
          );
          return (
            <div key={index} className={css.period}>
              <TimeField
                label={text.opensAt(name, at + 1)}
                value={period.opensAt}
                error={errors[0]}
                readOnly={readOnly}
                onChange={(opensAt) => write(index, { opensAt })}
              />
              <span aria-hidden>–</span>
              <TimeField
                label={text.closesAt(name, at + 1)}
                value={period.closesAt}
                error={errors[1]}
                readOnly={readOnly}
                onChange={(closesAt) => write(index, { closesAt })}
              />
              {!readOnly && (
                <IconButton
                  icon="close"
                  iconSize={14}
                  label={text.removePeriod(name, at + 1)}
                  onClick={() => onChange({ ...hours, weekly: weekly.toSpliced(index, 1) })}
                />
              )}
              {errors.some((error) => error !== undefined) && (
                <p className={css.error} aria-hidden>
                  {errors.find((error) => error !== undefined)}
                </p>
              )}
            </div>
          );
        })}
      </div>
      {!readOnly && <IconButton icon="plus" iconSize={14} label={text.addPeriod(name)} onClick={add} />}
    </div>
  );
}

function Holidays({
  hours,
  error,
  readOnly,
  onChange,
}: {
  hours: OpeningHours;
  error: string | undefined;
  readOnly: boolean;
  onChange: (hours: OpeningHours) => void;
}) {
  const text = useText().automation;
  const format = useFormat();
  const [date, setDate] = useState('');
  const add = () => {
    if (!isDate(date)) return;
    onChange({ ...hours, holidays: [...new Set([...hours.holidays, date])].sort() });
    setDate('');
  };
  // Noon: the day is the same one in every reader's zone but the outermost.
  const named = (day: string) => (isDate(day) ? format.day(`${day}T12:00:00`) : day);
  return (
    <div className={css.field} role="group" aria-label={text.holidays}>
      <p className={css.label}>{text.holidays}</p>
      <p className={css.hint}>{text.holidaysHint}</p>
      {hours.holidays.length > 0 && (
        <ul className={css.dates}>
          {hours.holidays.map((day) => (
            <li key={day} className={css.date}>
              {named(day)}
              {!readOnly && (
                <IconButton
                  icon="close"
                  iconSize={12}
                  label={text.removeHoliday(named(day))}
                  onClick={() => onChange({ ...hours, holidays: hours.holidays.filter((one) => one !== day) })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {error !== undefined && <p className={css.error}>{error}</p>}
      {!readOnly && (
        <form
          className={css.wait}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            type="date"
            className={css.line}
            aria-label={text.newHoliday}
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
          <Button type="submit" aria-disabled={date === '' || undefined}>
            {text.addHoliday}
          </Button>
        </form>
      )}
    </div>
  );
}
