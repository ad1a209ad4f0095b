import type { AutomationContent, FlowStep } from '@conversations/contracts';
import { checkFlow } from './check-flow';

const message = (id: string, text = 'Hello'): FlowStep => ({ id, kind: 'message', text });
const email = { key: 'email' as const, label: 'Email', required: true };
const content = (more: Partial<AutomationContent>): AutomationContent => ({
  enabled: true,
  botName: 'Assistant',
  trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE', urlContains: null },
  steps: [message('a')],
  openingHours: null,
  ...more,
});
const pathsOf = (more: Partial<AutomationContent>) => checkFlow(content(more)).map(({ path }) => path.join('.'));
const stepsPaths = (...steps: FlowStep[]) => pathsOf({ steps });

test('a good flow has no problem', () => {
  const form: FlowStep = { id: 'f', kind: 'form', prompt: 'Who are you?', submitLabel: 'Send', fields: [email] };
  const openingHours = {
    timeZone: 'Europe/Paris',
    weekly: [{ day: 'MONDAY' as const, opensAt: '00:00', closesAt: '24:00' }],
    holidays: ['2026-12-25'],
  };
  const branch: FlowStep = {
    id: 'b',
    kind: 'availability',
    open: [],
    closed: [{ id: 'h', kind: 'handoff', text: null }],
  };
  expect(checkFlow(content({ steps: [message('a'), form, branch], openingHours }))).toEqual([]);
});

test('every problem is found at once, each with its place in the mutation’s input', () => {
  const nested: FlowStep = {
    id: 'b',
    kind: 'availability',
    open: [message('a', ' ')],
    closed: [message('c', 'x'.repeat(2001))],
  };
  const form: FlowStep = {
    id: 'f',
    kind: 'form',
    prompt: '',
    submitLabel: 'Send',
    fields: [
      { ...email, required: false },
      { key: 'name', label: '', required: true },
      { ...email, required: false },
    ],
  };
  expect(stepsPaths(message('a'), nested, form, { id: 'w', kind: 'wait', seconds: 0 })).toEqual([
    'input.steps.1.availability.open.0.message.id',
    'input.steps.1.availability.open.0.message.text',
    'input.steps.1.availability.closed.0.message.text',
    'input.steps.2.form.prompt',
    'input.steps.2.form.fields',
    'input.steps.2.form.fields.1.label',
    'input.steps.2.form.fields.2.key',
    'input.steps.3.wait.seconds',
  ]);
});

test('a hand-over is the last of its branch', () => {
  expect(stepsPaths({ id: 'h', kind: 'handoff', text: null }, message('a'))).toEqual(['input.steps.0.handoff']);
});

test('at most 100 steps, those in branches counted, and branches three deep', () => {
  const many = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => message(`${prefix}${index}`));
  const branch = (id: string, open: FlowStep[]): FlowStep => ({ id, kind: 'availability', open, closed: [] });
  expect(stepsPaths(branch('b', many(49, 'x')), ...many(50, 'y'))).toEqual([]);
  expect(stepsPaths(branch('b', many(50, 'x')), ...many(50, 'y'))).toEqual(['input.steps']);
  const deep = branch('1', [branch('2', [branch('3', [message('a')])])]);
  expect(stepsPaths(deep)).toEqual([]);
  expect(stepsPaths(branch('0', [deep]))).toHaveLength(1);
  expect(stepsPaths()).toEqual(['input.steps']);
});

test('texts that are no text, names, hours and triggers are looked at too', () => {
  expect(stepsPaths(message('a', 'a\u0000b'), message('not an id'))).toEqual([
    'input.steps.0.message.text',
    'input.steps.1.message.id',
  ]);
  expect(stepsPaths(...Array.from({ length: 13 }, (_, index) => message(`m${index}`, 'x'.repeat(2000))))).toEqual([
    'input.steps',
  ]);
  expect(pathsOf({ botName: ' ' })).toEqual(['input.botName']);
  const onPage = (urlContains: string | null, ...steps: FlowStep[]) =>
    pathsOf({ trigger: { kind: 'PAGE_OPENED', urlContains }, steps });
  expect(onPage('/shop', message('a'))).toEqual([]);
  expect(onPage(null, message('a'))).toEqual([]);
  expect(onPage(' ', message('a'))).toEqual(['input.trigger.urlContains']);
  expect(onPage('x'.repeat(501), message('a'))).toEqual(['input.trigger.urlContains']);
  expect(onPage(null, { id: 'w', kind: 'wait', seconds: 1 }, message('a'))).toEqual(['input.steps.0.wait']);
  expect(pathsOf({ trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE', urlContains: '/' } })).toEqual([
    'input.trigger.urlContains',
  ]);
  const weekly = [
    { day: 'MONDAY' as const, opensAt: '9:00', closesAt: '17:00' },
    { day: 'MONDAY' as const, opensAt: '22:00', closesAt: '02:00' },
  ];
  expect(pathsOf({ openingHours: { timeZone: 'Mars/Base', weekly, holidays: ['2026-02-30'] } })).toEqual([
    'input.openingHours.timeZone',
    'input.openingHours.weekly.0.opensAt',
    'input.openingHours.weekly.1.closesAt',
    'input.openingHours.holidays.0',
  ]);
});
