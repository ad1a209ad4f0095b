import { listSteps, MAX_NESTING } from './edit-steps';
import type { Flow, FormStep, OpeningHours, Step } from './flow';

// The server's rules, said while one writes; what only the server finds comes back by its path.
export const MAX_STEPS = 100;
/** Lengths in UTF-16 units, as the server counts. */
const MAX_TEXT = 2_000;
const MAX_LABEL = 80;
const MAX_TEXTS = 25_000;
const MAX_WAIT_SECONDS = 7 * 24 * 60 * 60;
const MAX_PERIODS = 50;
const MAX_HOLIDAYS = 200;

export type Problem =
  | { code: 'TEXT_MISSING' | 'PROMPT_MISSING' | 'LABEL_MISSING' | 'NAME_MISSING' }
  | { code: 'TOO_LONG'; over: number }
  | { code: 'WAIT_RANGE' | 'EMAIL_MISSING' | 'AFTER_HANDOFF' | 'TOO_DEEP' }
  | { code: 'NO_STEPS' | 'TOO_MANY_STEPS' | 'TEXTS_TOO_LONG' }
  | { code: 'TIME_ZONE' | 'TIME' | 'CLOSES_BEFORE' | 'DATE' | 'TOO_MANY_PERIODS' | 'TOO_MANY_HOLIDAYS' }
  /** Found by the server alone, in its words. */
  | { code: 'REFUSED'; message: string };

/** By place: `botName`, `steps`, `step:<id>`, `step:<id>.text`, `openingHours.weekly.0.closesAt` … In the order of the screen. */
export type Problems = ReadonlyMap<string, Problem>;
export const NO_PROBLEMS: Problems = new Map();

export const stepKey = (id: string, ...field: (string | number)[]): string => [`step:${id}`, ...field].join('.');

/** Everything that keeps a flow from being published. */
export function flowProblems({ botName, steps, openingHours }: Flow): Problems {
  const problems = new Map<string, Problem>();
  const check = (key: string, text: string, most: number, missing: Problem) => {
    if (text.trim() === '') problems.set(key, missing);
    else if (text.length > most) problems.set(key, { code: 'TOO_LONG', over: text.length - most });
  };
  check('botName', botName, MAX_LABEL, { code: 'NAME_MISSING' });
  const listed = listSteps(steps);
  if (listed.length === 0) problems.set('steps', { code: 'NO_STEPS' });
  else if (listed.length > MAX_STEPS) problems.set('steps', { code: 'TOO_MANY_STEPS' });
  else if (lengthOf(botName, listed) > MAX_TEXTS) problems.set('steps', { code: 'TEXTS_TOO_LONG' });

  const visit = (list: readonly Step[], depth: number) => {
    for (const [index, step] of list.entries()) {
      const key = stepKey(step.id);
      if (step.kind === 'handoff' && index < list.length - 1) problems.set(key, { code: 'AFTER_HANDOFF' });
      switch (step.kind) {
        case 'message':
          check(`${key}.text`, step.text, MAX_TEXT, { code: 'TEXT_MISSING' });
          break;
        case 'form':
          check(`${key}.prompt`, step.prompt, MAX_TEXT, { code: 'PROMPT_MISSING' });
          checkFields(step, key);
          check(`${key}.submitLabel`, step.submitLabel, MAX_LABEL, { code: 'LABEL_MISSING' });
          break;
        case 'wait':
          if (!Number.isInteger(step.seconds) || step.seconds < 1 || step.seconds > MAX_WAIT_SECONDS)
            problems.set(`${key}.seconds`, { code: 'WAIT_RANGE' });
          break;
        case 'handoff':
          if (step.text !== null) check(`${key}.text`, step.text, MAX_TEXT, { code: 'TEXT_MISSING' });
          break;
        case 'availability':
          if (depth === MAX_NESTING) problems.set(key, { code: 'TOO_DEEP' });
          visit(step.open, depth + 1);
          visit(step.closed, depth + 1);
      }
    }
  };
  const checkFields = ({ fields }: FormStep, key: string) => {
    if (!fields.some((field) => field.key === 'EMAIL' && field.required))
      problems.set(`${key}.fields`, { code: 'EMAIL_MISSING' });
    for (const [index, { label }] of fields.entries())
      check(`${key}.fields.${String(index)}.label`, label, MAX_LABEL, { code: 'LABEL_MISSING' });
  };
  visit(steps, 0);
  if (openingHours !== null) for (const [key, problem] of hoursProblems(openingHours)) problems.set(key, problem);
  return problems;
}

function lengthOf(botName: string, listed: ReturnType<typeof listSteps>): number {
  const texts = listed.flatMap(({ step }) => {
    if (step.kind === 'message' || step.kind === 'handoff') return [step.text ?? ''];
    return step.kind === 'form' ? [step.prompt, step.submitLabel, ...step.fields.map(({ label }) => label)] : [];
  });
  return [botName, ...texts].reduce((sum, text) => sum + text.length, 0);
}

function* hoursProblems({ timeZone, weekly, holidays }: OpeningHours): Generator<[string, Problem]> {
  if (!isTimeZone(timeZone)) yield ['openingHours.timeZone', { code: 'TIME_ZONE' }];
  if (weekly.length > MAX_PERIODS) yield ['openingHours.weekly', { code: 'TOO_MANY_PERIODS' }];
  for (const [index, { opensAt, closesAt }] of weekly.entries()) {
    const key = `openingHours.weekly.${String(index)}`;
    const [from, to] = [minutesOf(opensAt), minutesOf(closesAt)];
    if (from === null) yield [`${key}.opensAt`, { code: 'TIME' }];
    if (to === null) yield [`${key}.closesAt`, { code: 'TIME' }];
    else if (from !== null && to <= from) yield [`${key}.closesAt`, { code: 'CLOSES_BEFORE' }];
  }
  if (holidays.length > MAX_HOLIDAYS) yield ['openingHours.holidays', { code: 'TOO_MANY_HOLIDAYS' }];
  for (const [index, date] of holidays.entries())
    if (!isDate(date)) yield [`openingHours.holidays.${String(index)}`, { code: 'DATE' }];
}

function isTimeZone(name: string): boolean {
  // An offset is a zone to Intl, but one without the summer time that people expect.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
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

/** The place on the screen that an error of the server is about; null when there is none. */
export function placeOfPath(path: readonly string[] | null, { steps }: Flow): string | null {
  const [root, first, ...rest] = path ?? [];
  if (root !== 'input' || first === undefined) return null;
  if (first !== 'steps') return [first, ...rest].join('.');
  let list: readonly Step[] = steps;
  let found: Step | undefined;
  // Turns of an index, the kind of the step there, and for a step in a branch the side.
  for (let at = 0; at < rest.length; at += 3) {
    found = list[Number(rest[at])];
    const side = rest[at + 2];
    if (found?.kind !== 'availability' || (side !== 'open' && side !== 'closed'))
      return found === undefined ? 'steps' : stepKey(found.id, ...rest.slice(at + 2));
    list = found[side];
  }
  return 'steps';
}

/** What the server refused, by place; what has none stands at the steps. */
export function serverProblems(
  errors: readonly { message: string; path: readonly string[] | null }[],
  flow: Flow,
): Problems {
  const places = errors.map(({ message, path }) => [placeOfPath(path, flow) ?? 'steps', message] as const);
  return new Map<string, Problem>(places.map(([key, message]) => [key, { code: 'REFUSED', message }]));
}
