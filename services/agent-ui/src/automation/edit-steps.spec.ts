import {
  changeStep,
  depthOf,
  findStep,
  insertStep,
  listSteps,
  moveStep,
  placeBeside,
  placesFor,
  removeStep,
} from './edit-steps';
import type { AvailabilityStep, Step } from './flow';

const message = (id: string): Step => ({ id, kind: 'message', text: id });
const branch = (id: string, open: readonly Step[], closed: readonly Step[] = []): AvailabilityStep => ({
  ...{ id, kind: 'availability', open, closed },
});
/** The ids as they stand: `a b[c|d] e`. */
const shape = (steps: readonly Step[]): string =>
  steps
    .map((step) => (step.kind === 'availability' ? `${step.id}[${shape(step.open)}|${shape(step.closed)}]` : step.id))
    .join(' ');

const flow = [message('a'), branch('b', [message('c')], [message('d'), message('e')]), message('f')];

test('steps are listed as they are read, with their place', () => {
  expect(listSteps(flow).map(({ step, number }) => `${number}${step.id}`)).toEqual([
    '1a',
    '2b',
    '3c',
    '4d',
    '5e',
    '6f',
  ]);
  expect(findStep(flow, 'e')).toMatchObject({ branch: { stepId: 'b', side: 'closed' }, index: 1 });
});

test('a step is added, changed and removed wherever it stands', () => {
  expect(shape(insertStep(flow, { branch: null, index: 0 }, message('x')))).toBe('x a b[c|d e] f');
  expect(shape(insertStep(flow, { branch: { stepId: 'b', side: 'closed' }, index: 1 }, message('x')))).toBe(
    'a b[c|d x e] f',
  );
  expect(findStep(changeStep(flow, { id: 'd', kind: 'wait', seconds: 5 }), 'd')?.step).toEqual({
    ...{ id: 'd', kind: 'wait', seconds: 5 },
  });
  expect(shape(removeStep(flow, 'c'))).toBe('a b[|d e] f');
  expect(shape(removeStep(flow, 'b'))).toBe('a f');
  expect(shape(flow)).toBe('a b[c|d e] f');
});

test.each([
  ['a', { branch: null, index: 3 }, 'b[c|d e] f a'],
  ['f', { branch: null, index: 0 }, 'f a b[c|d e]'],
  ['a', { branch: { stepId: 'b', side: 'open' as const }, index: 1 }, 'b[c a|d e] f'],
  ['d', { branch: { stepId: 'b', side: 'closed' as const }, index: 2 }, 'a b[c|e d] f'],
  ['e', { branch: null, index: 2 }, 'a b[c|d] e f'],
  ['b', { branch: { stepId: 'b', side: 'open' as const }, index: 0 }, 'a b[c|d e] f'],
])('%s moved to %j', (id, to, after) => {
  expect(shape(moveStep(flow, id, to))).toBe(after);
});

test('by keyboard a step goes through every branch from the top to the bottom, and back the same way', () => {
  const seen: string[] = [];
  let steps: readonly Step[] = flow;
  for (let place = placeBeside(steps, 'a', 'down'); place !== null; place = placeBeside(steps, 'a', 'down')) {
    steps = moveStep(steps, 'a', place);
    seen.push(shape(steps));
  }
  expect(seen).toEqual([
    'b[a c|d e] f',
    'b[c a|d e] f',
    'b[c|a d e] f',
    'b[c|d a e] f',
    'b[c|d e a] f',
    'b[c|d e] a f',
    'b[c|d e] f a',
  ]);
  const back: string[] = [];
  for (let place = placeBeside(steps, 'a', 'up'); place !== null; place = placeBeside(steps, 'a', 'up')) {
    steps = moveStep(steps, 'a', place);
    back.push(shape(steps));
  }
  expect(back).toEqual([...seen.slice(0, -1).reverse(), 'a b[c|d e] f']);
});

test('a step with branches never goes into itself, nor deeper than three', () => {
  const deep = [
    branch('1', [branch('2', [branch('3', [message('a')])])]),
    branch('x', []),
    branch('y', [branch('z', [])]),
  ];
  const placesOf = (id: string) =>
    placesFor(deep, findStep(deep, id)!.step).map(
      ({ branch: at, index }) => `${at?.stepId ?? ''}${at?.side ?? ''}${index}`,
    );
  expect(depthOf(deep, { stepId: '3', side: 'open' })).toBe(3);
  expect(placesOf('a')).toContain('3open0');
  expect(placesOf('x')).toContain('2open0');
  expect(placesOf('x')).not.toContain('3open0');
  expect(placesOf('y')).toContain('1open1');
  expect(placesOf('y')).not.toContain('2open0');
  expect(placesOf('1')).toEqual(['0', '1', '2', '3']);
});
