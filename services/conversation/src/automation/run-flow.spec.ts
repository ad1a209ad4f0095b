import type { FlowStep } from '@conversations/contracts';
import fc from 'fast-check';
import type { Circumstances, Effect, RunEvent, RunState } from './run-flow';
import { runFlow } from './run-flow';

const START = new Date('2026-11-25T12:00:00Z');
const message = (id: string): FlowStep => ({ id, kind: 'message', text: `text of ${id}` });
const wait = (id: string, seconds = 60): FlowStep => ({ id, kind: 'wait', seconds });
const handoff = (id: string, text: string | null = null): FlowStep => ({ id, kind: 'handoff', text });
const form = (id: string): FlowStep => ({
  id,
  kind: 'form',
  prompt: 'Your address?',
  submitLabel: 'Send',
  fields: [{ key: 'email', label: 'Email', required: true }],
});
const openingHours = {
  timeZone: 'UTC',
  weekly: [{ day: 'WEDNESDAY' as const, opensAt: '09:00', closesAt: '17:00' }],
  holidays: [],
};
const flow = (...steps: FlowStep[]) => ({ steps, openingHours });
const later = (seconds: number, knowsContact = false): Circumstances => ({
  at: new Date(START.getTime() + seconds * 1000),
  knowsContact,
});
const stepsOf = (effects: readonly Effect[]) => effects.map(({ kind, stepId }) => `${kind} ${stepId}`);

/** Events one after the other, each some seconds after the one before. */
function run(steps: FlowStep[], events: { event: RunEvent; seconds: number; knowsContact?: boolean }[]) {
  let state: RunState | null = null;
  let seconds = 0;
  const effects: Effect[] = [];
  const states: (RunState | null)[] = [];
  for (const { event, seconds: after, knowsContact = false } of events) {
    seconds += after;
    const outcome = runFlow(flow(...steps), state, event, later(seconds, knowsContact));
    state = outcome.state;
    states.push(state);
    effects.push(...outcome.effects);
  }
  return { state, effects, states };
}

describe('a flow', () => {
  const greeting = flow(message('hello'), form('address'), handoff('over', 'bye'));

  it('greets, asks, and hands over once the form is answered', () => {
    const started = runFlow(greeting, null, { kind: 'STARTED' }, later(0));
    expect(stepsOf(started.effects)).toEqual(['SAY hello', 'ASK address']);
    expect(started.state).toEqual({ status: 'ASKING', stepId: 'address' });
    const answered = runFlow(greeting, started.state, { kind: 'FORM_ANSWERED', formId: 'address' }, later(9, true));
    expect(answered).toEqual({
      state: { status: 'ENDED' },
      effects: [{ kind: 'HAND_OFF', stepId: 'over', text: 'bye' }],
    });
  });

  it('does not ask somebody who is known', () => {
    const started = runFlow(greeting, null, { kind: 'STARTED' }, later(0, true));
    expect(stepsOf(started.effects)).toEqual(['SAY hello', 'HAND_OFF over']);
  });

  it('takes the answer to its own form alone', () => {
    const asking: RunState = { status: 'ASKING', stepId: 'address' };
    const other: RunEvent = { kind: 'FORM_ANSWERED', formId: 'another' };
    expect(runFlow(greeting, asking, other, later(1))).toEqual({ state: asking, effects: [] });
  });

  it('goes on when the visitor becomes known while a form waits', () => {
    const asking: RunState = { status: 'ASKING', stepId: 'address' };
    const { effects } = runFlow(greeting, asking, { kind: 'CONTACT_LINKED' }, later(1, true));
    expect(stepsOf(effects)).toEqual(['HAND_OFF over']);
  });

  it('waits to the second, and a look before that changes nothing', () => {
    const waiting = flow(wait('pause', 30), message('later'));
    const { state } = runFlow(waiting, null, { kind: 'STARTED' }, later(0));
    expect(state).toEqual({ status: 'WAITING', stepId: 'pause', dueAt: later(30).at });
    expect(runFlow(waiting, state, { kind: 'TIME_PASSED' }, later(29))).toEqual({ state, effects: [] });
    expect(stepsOf(runFlow(waiting, state, { kind: 'TIME_PASSED' }, later(30)).effects)).toEqual(['SAY later']);
  });

  it('takes the branch of the hours when its turn comes, then what follows both', () => {
    const inner: FlowStep = { id: 'b', kind: 'availability', open: [message('b-open')], closed: [message('b-closed')] };
    const outer: FlowStep = { id: 'a', kind: 'availability', open: [wait('pause', 6 * 3600), inner], closed: [] };
    const { effects } = run(
      [outer, message('after')],
      [
        { event: { kind: 'STARTED' }, seconds: 0 },
        { event: { kind: 'TIME_PASSED' }, seconds: 6 * 3600 },
      ],
    );
    expect(stepsOf(effects)).toEqual(['SAY b-closed', 'SAY after']);
  });
});

/** Steps with ids of their own, branches in branches, at most about a hundred. */
const shape = fc.letrec<{ steps: Omit<FlowStep, 'id'>[]; step: Omit<FlowStep, 'id'> }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(message('')),
    fc.constant(form('')),
    fc.integer({ min: 1, max: 5 }).map((seconds) => wait('', seconds)),
    fc.constant(handoff('')),
    fc
      .tuple(tie('steps'), tie('steps'))
      .map(([open, closed]) => ({ kind: 'availability', open, closed }) as Omit<FlowStep, 'id'>),
  ),
  steps: fc.array(tie('step'), { maxLength: 6 }),
}));
function numbered(steps: readonly Omit<FlowStep, 'id'>[], next: { id: number }): FlowStep[] {
  return steps.map((step) => {
    const own = { ...step, id: `s${next.id++}` } as FlowStep;
    if (own.kind !== 'availability') return own;
    return { ...own, open: numbered(own.open, next), closed: numbered(own.closed, next) };
  });
}
const steps = shape.steps.map((shapes) => numbered(shapes, { id: 0 }));
const all = (list: readonly FlowStep[]): FlowStep[] =>
  list.flatMap((step) => (step.kind === 'availability' ? [step, ...all(step.open), ...all(step.closed)] : [step]));
const events = fc.array(
  fc.record({
    event: fc.oneof(
      fc.constantFrom<RunEvent>({ kind: 'STARTED' }, { kind: 'TIME_PASSED' }, { kind: 'CONTACT_LINKED' }),
      fc.integer({ min: 0, max: 20 }).map((id): RunEvent => ({ kind: 'FORM_ANSWERED', formId: `s${id}` })),
    ),
    seconds: fc.integer({ min: 0, max: 4 * 3600 }),
    knowsContact: fc.boolean(),
  }),
  { maxLength: 30 },
);
const stops = fc.constantFrom<RunEvent>({ kind: 'AGENT_REPLIED' }, { kind: 'COMPLETED' });

describe('whatever the flow and whatever happens in whatever order', () => {
  it('no step is done twice, and none before one that stands above it', () => {
    fc.assert(
      fc.property(steps, events, (list, happened) => {
        const order = all(list).map(({ id }) => id);
        const done = run(list, happened).effects.map(({ stepId }) => order.indexOf(stepId));
        expect(done).toEqual([...new Set(done)].sort((a, b) => a - b));
        expect(done).not.toContain(-1);
      }),
    );
  });

  it('it ends within as many moves as it has steps, when time passes and every form is answered', () => {
    fc.assert(
      fc.property(steps, (list) => {
        let { state } = runFlow(flow(...list), null, { kind: 'STARTED' }, later(0));
        for (let moves = 0; state?.status !== 'ENDED'; moves += 1) {
          expect(moves).toBeLessThanOrEqual(all(list).length);
          const event: RunEvent =
            state?.status === 'ASKING' ? { kind: 'FORM_ANSWERED', formId: state.stepId } : { kind: 'TIME_PASSED' };
          ({ state } = runFlow(flow(...list), state, event, later((moves + 1) * 10)));
        }
      }),
    );
  });

  it('an agent’s reply or a completion ends it for good', () => {
    fc.assert(
      fc.property(steps, events, stops, events, (list, before, stop, after) => {
        const first = run(list, [{ event: { kind: 'STARTED' }, seconds: 0 }, ...before]);
        const all = run(list, [
          { event: { kind: 'STARTED' }, seconds: 0 },
          ...before,
          { event: stop, seconds: 1 },
          ...after,
        ]);
        expect(all.state).toEqual({ status: 'ENDED' });
        expect(all.effects).toEqual(first.effects);
      }),
    );
  });

  it('nothing happens before it starts, and a second start changes nothing', () => {
    fc.assert(
      fc.property(steps, events, stops, (list, happened, stop) => {
        const unstarted = happened.filter(({ event }) => event.kind !== 'STARTED');
        expect(run(list, [...unstarted, { event: stop, seconds: 0 }])).toMatchObject({ state: null, effects: [] });
        const once = run(list, [{ event: { kind: 'STARTED' }, seconds: 0 }]);
        const twice = run(list, [
          { event: { kind: 'STARTED' }, seconds: 0 },
          { event: { kind: 'STARTED' }, seconds: 5 },
        ]);
        expect(twice.effects).toEqual(once.effects);
        expect(twice.state).toEqual(once.state);
      }),
    );
  });

  it('who is known is never asked', () => {
    fc.assert(
      fc.property(steps, events, (list, happened) => {
        const known = happened.map((one) => ({ ...one, knowsContact: true }));
        expect(run(list, known).effects.filter(({ kind }) => kind === 'ASK')).toEqual([]);
      }),
    );
  });
});
