import type { Flow, Step } from './flow';
import { flowProblems, placeOfPath, serverProblems } from './flow-problems';

const message = (id: string, text = id): Step => ({ id, kind: 'message', text });
const email = { key: 'EMAIL' as const, label: 'Email', required: true };
const flow = (more: Partial<Flow>): Flow => ({
  ...{ enabled: true, botName: 'Robin', trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE', urlContains: null } },
  ...{ steps: [message('a')], openingHours: null, ...more },
});
const found = (more: Partial<Flow>) =>
  Object.fromEntries([...flowProblems(flow(more))].map(([key, { code }]) => [key, code]));

const nested: Step = {
  ...{ id: 'b', kind: 'availability' },
  open: [message('a', ' '), { id: 'w', kind: 'wait', seconds: 0 }],
  closed: [{ id: 'h', kind: 'handoff', text: null }, message('c', 'x'.repeat(2_001))],
};

test('a good flow has no problem', () => {
  const form: Step = { id: 'f', kind: 'form', prompt: 'Who?', submitLabel: 'Send', fields: [email] };
  const openingHours = {
    timeZone: 'Europe/Paris',
    weekly: [{ day: 'MONDAY' as const, opensAt: '00:00', closesAt: '24:00' }],
    holidays: ['2026-12-25'],
  };
  expect(found({ steps: [form, { id: 'w', kind: 'wait', seconds: 604_800 }], openingHours })).toEqual({});
});

test('every problem is found at once, at its step', () => {
  const form: Step = {
    ...{ id: 'f', kind: 'form', prompt: '', submitLabel: '' },
    fields: [email, { key: 'NAME', label: 'x'.repeat(81), required: false }],
  };
  expect(found({ botName: ' ', steps: [nested, form] })).toEqual({
    botName: 'NAME_MISSING',
    'step:a.text': 'TEXT_MISSING',
    'step:w.seconds': 'WAIT_RANGE',
    'step:h': 'AFTER_HANDOFF',
    'step:c.text': 'TOO_LONG',
    'step:f.prompt': 'PROMPT_MISSING',
    'step:f.fields.1.label': 'TOO_LONG',
    'step:f.submitLabel': 'LABEL_MISSING',
  });
});

test('limits of the whole flow are the server’s', () => {
  const many = (count: number, text: string) => Array.from({ length: count }, (_, at) => message(`m${at}`, text));
  expect(found({ steps: [] })).toEqual({ steps: 'NO_STEPS' });
  expect(found({ steps: many(100, 'x') })).toEqual({});
  expect(found({ steps: many(101, 'x') })).toEqual({ steps: 'TOO_MANY_STEPS' });
  expect(found({ steps: many(13, 'x'.repeat(2_000)) })).toEqual({ steps: 'TEXTS_TOO_LONG' });
});

test('hours are looked at as the server does', () => {
  const weekly = [
    { day: 'MONDAY' as const, opensAt: '9:00', closesAt: '17:00' },
    { day: 'MONDAY' as const, opensAt: '22:00', closesAt: '02:00' },
  ];
  expect(found({ openingHours: { timeZone: 'Mars/Base', weekly, holidays: ['2026-02-30'] } })).toEqual({
    'openingHours.timeZone': 'TIME_ZONE',
    'openingHours.weekly.0.opensAt': 'TIME',
    'openingHours.weekly.1.closesAt': 'CLOSES_BEFORE',
    'openingHours.holidays.0': 'DATE',
  });
});

test.each([
  ['input.steps.0.availability.closed.1.message.text', 'step:c.text'],
  ['input.steps.0.availability.open.1.wait.seconds', 'step:w.seconds'],
  ['input.steps.0.availability', 'step:b'],
  ['input.steps.1.form.fields.0.label', 'step:f.fields.0.label'],
  ['input.steps.7.message.text', 'steps'],
  ['input.steps', 'steps'],
  ['input.openingHours.weekly.0.closesAt', 'openingHours.weekly.0.closesAt'],
  ['input.trigger.kind', 'trigger.kind'],
  ['elsewhere', null],
])('the server’s %s stands at %s', (path, place) => {
  const form: Step = { id: 'f', kind: 'form', prompt: '', submitLabel: '', fields: [email] };
  expect(placeOfPath(path.split('.'), flow({ steps: [nested, form] }))).toBe(place);
});

test('what the server refuses without a place is shown at the steps', () => {
  expect([...serverProblems([{ message: 'No.', path: null }], flow({}))]).toEqual([
    ['steps', { code: 'REFUSED', message: 'No.' }],
  ]);
});
