import type { Flow, Step } from './flow';
import { flowChanges } from './flow-changes';

const message = (id: string, text = id): Step => ({ id, kind: 'message', text });
const flow = (steps: readonly Step[], more: Partial<Flow> = {}): Flow => ({
  ...{ enabled: true, botName: 'Robin', trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE', urlContains: null } },
  ...{ steps, openingHours: null, ...more },
});
const changes = (before: readonly Step[], after: readonly Step[]) =>
  flowChanges(flow(before), flow(after)).steps.map(({ id, kinds }) => `${id} ${kinds.join('+')}`);
const branch = (id: string, open: readonly Step[], closed: readonly Step[] = []): Step => ({
  ...{ id, kind: 'availability', open, closed },
});
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => message(id)) as [Step, Step, Step, Step];

test('the same flow has no difference', () => {
  expect(flowChanges(flow([a, branch('x', [b])]), flow([a, branch('x', [b])]))).toEqual({ settings: [], steps: [] });
});

test('added, changed and removed steps are told, in branches too', () => {
  expect(changes([a, branch('x', [b], [c])], [message('a', 'other'), branch('x', [b, d])])).toEqual([
    'a changed',
    'd added',
    'c removed',
  ]);
});

test('one step that was moved is told, not all that made way for it', () => {
  expect(changes([a, b, c, d], [d, a, b, c])).toEqual(['d moved']);
  expect(changes([a, b, c, d], [b, c, d, a])).toEqual(['a moved']);
  expect(changes([a, b, c, d], [d, a, b])).toEqual(['d moved', 'c removed']);
});

test('a step that went into a branch is moved, and may be changed as well', () => {
  expect(changes([a, branch('x', [])], [branch('x', [message('a', 'new')])])).toEqual(['a changed+moved']);
  expect(changes([branch('x', [a])], [branch('x', [], [a])])).toEqual(['a moved']);
});

test('a branch that goes with its steps tells of each of them', () => {
  expect(changes([branch('x', [a]), b], [a, b])).toEqual(['a moved', 'x removed']);
});

test('what stands beside the steps is told by name', () => {
  const hours = { timeZone: 'Europe/Paris', weekly: [], holidays: [] };
  expect(flowChanges(flow([a]), flow([a], { enabled: false, botName: 'Ada', openingHours: hours })).settings).toEqual([
    'enabled',
    'botName',
    'openingHours',
  ]);
});
