import type { FormStep, Step } from './flow';
import { previewLines } from './preview-lines';

const form: FormStep = { id: 'f', kind: 'form', prompt: 'Who?', submitLabel: 'Send', fields: [] };
const steps: Step[] = [
  { id: 'a', kind: 'message', text: 'Hello' },
  {
    ...{ id: 'b', kind: 'availability' },
    open: [{ id: 'w', kind: 'wait', seconds: 30 }, form],
    closed: [{ id: 'h', kind: 'handoff', text: 'Tomorrow' }],
  },
  { id: 'z', kind: 'message', text: 'Bye' },
];

test('the open branch and what follows it', () => {
  expect(previewLines(steps, new Map())).toEqual([
    { kind: 'say', id: 'a', text: 'Hello' },
    { kind: 'branch', id: 'b', side: 'open' },
    { kind: 'wait', id: 'w', seconds: 30 },
    { kind: 'ask', id: 'f', form },
    { kind: 'say', id: 'z', text: 'Bye' },
  ]);
});

test('nothing follows a hand-over', () => {
  expect(previewLines(steps, new Map([['b', 'closed']])).map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'say a',
    'branch b',
    'say h.text',
    'handoff h',
  ]);
});
