import type { AutomationContent, FlowStep, FormField, OpeningHours } from '@conversations/contracts';
import { MAX_FLOW_STEPS } from '@conversations/contracts';
import type { FlowProblem } from './automation-errors';
import { isDate, isTimeZone, minutesOf } from './opening-hours';

const MAX_TEXT = 2_000;
const MAX_LABEL = 80;
const MAX_WAIT_SECONDS = 7 * 24 * 60 * 60;
const MAX_URL = 500;
const MAX_NESTING = 3;
const MAX_PERIODS = 50;
const MAX_HOLIDAYS = 200;
/** Of all texts of a flow together: it is published in one request. */
const MAX_TEXTS = 25_000;

/** Everything that keeps a flow from being published, in the order in which an editor shows it. */
export function checkFlow(content: AutomationContent): FlowProblem[] {
  const check = new FlowCheck();
  const { botName, trigger, steps, openingHours } = content;
  check.text(botName, MAX_LABEL, ['botName'], 'Give the bot a name.');
  if (trigger.kind === 'PAGE_OPENED') check.greeting(trigger.urlContains, steps[0]);
  else if (trigger.urlContains !== null)
    check.problem('Only a flow that begins when a page is opened looks at the address.', ['trigger', 'urlContains']);
  if (steps.length === 0) check.problem('A flow has at least one step.', ['steps']);
  check.steps(steps, ['steps'], 0);
  if (check.count > MAX_FLOW_STEPS) check.problem(`A flow has at most ${MAX_FLOW_STEPS} steps.`, ['steps']);
  if (check.length > MAX_TEXTS)
    check.problem(
      `All texts of a flow together have at most ${MAX_TEXTS.toLocaleString('en')} characters.`,
      ['steps'],
      'TOO_LONG',
    );
  if (openingHours !== null) check.hours(openingHours);
  return check.problems;
}

class FlowCheck {
  readonly problems: FlowProblem[] = [];
  count = 0;
  length = 0;
  private readonly ids = new Set<string>();

  problem(message: string, path: string[], code: FlowProblem['code'] = 'INVALID_INPUT'): void {
    this.problems.push({ code, message, path: ['input', ...path] });
  }

  text(text: string, most: number, path: string[], missing: string): void {
    this.length += text.length;
    if (text.includes('\u0000') || !text.isWellFormed())
      this.problem('The text contains a character that is no text. Type it again.', path);
    else if (text.trim() === '') this.problem(missing, path);
    else if (text.length > most) this.problem(`At most ${most.toLocaleString('en')} characters.`, path, 'TOO_LONG');
  }

  /** There is no conversation without a message: the bot's has to be the first. */
  greeting(urlContains: string | null, first: FlowStep | undefined): void {
    if (first !== undefined && first.kind !== 'message' && first.kind !== 'form')
      this.problem('A flow that begins when a page is opened says something first.', ['steps', '0', first.kind]);
    if (urlContains !== null)
      this.text(
        urlContains,
        MAX_URL,
        ['trigger', 'urlContains'],
        'Write what the address contains, or nothing at all.',
      );
  }

  steps(steps: readonly FlowStep[], path: string[], depth: number): void {
    for (const [index, step] of steps.entries()) {
      const at = [...path, String(index), step.kind];
      this.count += 1;
      // It is the id of the form that the step asks, which the widget sends back.
      if (!/^[\w-]{1,40}$/.test(step.id)) this.problem('An id has 1 to 40 letters, digits, _ or -.', [...at, 'id']);
      else if (this.ids.has(step.id)) this.problem('Another step has this id.', [...at, 'id']);
      this.ids.add(step.id);
      this.step(step, at, depth);
      if (step.kind === 'handoff' && index < steps.length - 1)
        this.problem('What follows the hand-over is never done. Make it the last step.', at);
    }
  }

  hours({ timeZone, weekly, holidays }: OpeningHours): void {
    if (!isTimeZone(timeZone)) this.problem('There is no such time zone.', ['openingHours', 'timeZone']);
    if (weekly.length > MAX_PERIODS) this.problem(`At most ${MAX_PERIODS} periods.`, ['openingHours', 'weekly']);
    for (const [index, { opensAt, closesAt }] of weekly.entries()) {
      const at = ['openingHours', 'weekly', String(index)];
      const [from, to] = [minutesOf(opensAt), minutesOf(closesAt)];
      if (from === null) this.problem('A time is written as 09:00.', [...at, 'opensAt']);
      if (to === null) this.problem('A time is written as 17:30.', [...at, 'closesAt']);
      else if (from !== null && to <= from)
        this.problem('It closes after it opens; past midnight is the next day’s period.', [...at, 'closesAt']);
    }
    if (holidays.length > MAX_HOLIDAYS) this.problem(`At most ${MAX_HOLIDAYS} holidays.`, ['openingHours', 'holidays']);
    for (const [index, date] of holidays.entries())
      if (!isDate(date)) this.problem('There is no such date.', ['openingHours', 'holidays', String(index)]);
  }

  private step(step: FlowStep, at: string[], depth: number): void {
    switch (step.kind) {
      case 'message':
        return this.text(step.text, MAX_TEXT, [...at, 'text'], 'Write what the bot says.');
      case 'form':
        this.text(step.prompt, MAX_TEXT, [...at, 'prompt'], 'Write what the form asks for.');
        this.text(step.submitLabel, MAX_LABEL, [...at, 'submitLabel'], 'Write what stands on the button.');
        return this.fields(step.fields, at);
      case 'wait':
        if (step.seconds < 1 || step.seconds > MAX_WAIT_SECONDS)
          this.problem('A wait takes 1 second to 7 days.', [...at, 'seconds']);
        return;
      case 'handoff':
        if (step.text !== null)
          this.text(step.text, MAX_TEXT, [...at, 'text'], 'Write what the bot says, or nothing at all.');
        return;
      case 'availability':
        if (depth === MAX_NESTING)
          return this.problem(`Branches stand in one another at most ${MAX_NESTING} deep.`, at);
        this.steps(step.open, [...at, 'open'], depth + 1);
        this.steps(step.closed, [...at, 'closed'], depth + 1);
    }
  }

  private fields(fields: readonly FormField[], at: string[]): void {
    if (!fields.some(({ key, required }) => key === 'email' && required))
      this.problem('Every form asks for the address: it is how the visitor is answered later.', [...at, 'fields']);
    for (const [index, { key, label }] of fields.entries()) {
      const field = [...at, 'fields', String(index)];
      this.text(label, MAX_LABEL, [...field, 'label'], 'Name the field.');
      if (fields.findIndex((other) => other.key === key) < index)
        this.problem('The form asks for it already.', [...field, 'key']);
    }
  }
}
