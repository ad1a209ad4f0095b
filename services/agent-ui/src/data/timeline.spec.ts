import fc from 'fast-check';
import { sampleMessage } from '../../test/sample-rows';
import { Timeline } from './timeline';

const texts = (timeline: Timeline) => timeline.all().map((item) => (item.__typename === 'Message' ? item.text : item.id));
const messages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => sampleMessage(`m${String(from + index)}`));
const names = (from: number, to: number) => messages(from, to).map(({ id }) => id);

it('an answer that overtakes a push stands last until its place is known', () => {
  const timeline = new Timeline();
  timeline.applyNewest(messages(1, 2), 2);
  timeline.answer(sampleMessage('m4'));
  expect(texts(timeline)).toEqual(['m1', 'm2', 'm4']);
  timeline.push(sampleMessage('m3'), 3);
  expect(texts(timeline)).toEqual(['m1', 'm2', 'm3', 'm4']);
  timeline.push(sampleMessage('m4'), 4);
  timeline.answer(sampleMessage('m4', { text: 'older state' }));
  expect(texts(timeline)).toEqual(['m1', 'm2', 'm3', 'm4']);
});

it('a page that does not join on to what is held takes its place', () => {
  const timeline = new Timeline();
  timeline.applyNewest(messages(1, 3), 3);
  expect(timeline.applyNewest(messages(50, 60), 60)).toBe(false);
  expect(texts(timeline)).toEqual(names(50, 60));
});

it('a change that is pushed while an older page is on its way is not lost', () => {
  const timeline = new Timeline();
  timeline.applyNewest(messages(3, 4), 4);
  timeline.record();
  timeline.change(sampleMessage('m1', { text: 'm1 seen' }));
  timeline.applyOlder(messages(1, 2));
  timeline.stopRecording();
  expect(texts(timeline)).toEqual(['m1 seen', 'm2', 'm3', 'm4']);
});

it('whatever part was pushed before the page came, what is held ends in order, without gaps or doubles', () => {
  const situation = fc.record({
    held: fc.integer({ min: 0, max: 10 }),
    pageEnd: fc.integer({ min: 1, max: 30 }),
    pageSize: fc.integer({ min: 1, max: 10 }),
    pushedFrom: fc.integer({ min: 1, max: 30 }),
    pushedTo: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(situation, ({ held, pageEnd, pageSize, pushedFrom, pushedTo }) => {
      // Pushes follow without a gap on to what the page has, for they started before it was asked for.
      const from = Math.min(pushedFrom, pageEnd + 1);
      const timeline = new Timeline();
      const end = Math.max(pageEnd, held);
      if (held > 0) timeline.applyNewest(messages(1, held), held);
      for (let n = Math.max(from, held + 1); n <= pushedTo; n += 1) timeline.push(sampleMessage(`m${String(n)}`), n);
      timeline.applyNewest(messages(Math.max(1, end - pageSize + 1), end), end);
      const last = Math.max(end, pushedTo);
      const shown = texts(timeline);
      expect(shown).toEqual(names(last - shown.length + 1, last));
    }),
  );
});
