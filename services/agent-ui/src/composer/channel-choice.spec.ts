import fc from 'fast-check';
import type { ChannelKind } from '../generated/documents';
import {
  type ChannelChoice,
  choose,
  hold,
  NO_CHOICE,
  type OfferedChannel,
  shownChannel,
  suggestedChannel,
} from './channel-choice';

const KINDS = ['WEB_CHAT', 'EMAIL', 'MESSENGER'] as const;

const offer = (standard: ChannelKind, available: readonly ChannelKind[] = KINDS): OfferedChannel[] =>
  KINDS.map((channel) => ({ channel, available: available.includes(channel), default: channel === standard }));

const online = offer('WEB_CHAT', ['WEB_CHAT', 'EMAIL']);
const offline = offer('EMAIL', ['WEB_CHAT', 'EMAIL']);

test('an empty box follows the preselection', () => {
  expect(shownChannel(NO_CHOICE, online, 'EMAIL')).toBe('WEB_CHAT');
  expect(shownChannel(NO_CHOICE, offline, 'WEB_CHAT')).toBe('EMAIL');
});

test('before the server has answered, the channel of the newest message is shown', () => {
  expect(shownChannel(NO_CHOICE, null, 'EMAIL')).toBe('EMAIL');
});

test('a written reply stays on its channel when the visitor leaves, and the other one is offered', () => {
  const writing = hold(NO_CHOICE, true, online, 'WEB_CHAT');
  expect(shownChannel(writing, offline, 'WEB_CHAT')).toBe('WEB_CHAT');
  expect(suggestedChannel(writing, offline, 'WEB_CHAT')).toBe('EMAIL');
  expect(suggestedChannel(writing, online, 'WEB_CHAT')).toBeNull();
});

test('a declined offer is not made again for the same reply', () => {
  const kept = choose(hold(NO_CHOICE, true, online, 'WEB_CHAT'), 'WEB_CHAT', offline);
  expect(suggestedChannel(kept, offline, 'WEB_CHAT')).toBeNull();
  expect(shownChannel(kept, offline, 'WEB_CHAT')).toBe('WEB_CHAT');
});

test('an offer that was taken moves the reply', () => {
  const moved = choose(hold(NO_CHOICE, true, online, 'WEB_CHAT'), 'EMAIL', offline);
  expect(shownChannel(moved, offline, 'WEB_CHAT')).toBe('EMAIL');
  expect(suggestedChannel(moved, offline, 'WEB_CHAT')).toBeNull();
});

test('nothing is offered above an empty box, and an emptied box follows the preselection again', () => {
  const emptied = hold(hold(NO_CHOICE, true, online, 'WEB_CHAT'), false, offline, 'WEB_CHAT');
  expect(suggestedChannel(emptied, offline, 'WEB_CHAT')).toBeNull();
  expect(shownChannel(emptied, offline, 'WEB_CHAT')).toBe('EMAIL');
});

test('a choice of the agent outlives an emptied box', () => {
  const chosen = choose(NO_CHOICE, 'EMAIL', online);
  const emptied = hold(hold(chosen, true, online, 'WEB_CHAT'), false, online, 'WEB_CHAT');
  expect(shownChannel(emptied, online, 'WEB_CHAT')).toBe('EMAIL');
});

type Step =
  | { do: 'write'; written: boolean }
  | { do: 'choose'; channel: ChannelKind }
  | { do: 'offer'; offered: OfferedChannel[] | null; last: ChannelKind };

const kind = fc.constantFrom(...KINDS);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('write' as const), written: fc.boolean() }),
  fc.record({ do: fc.constant('choose' as const), channel: kind }),
  fc.record({
    do: fc.constant('offer' as const),
    offered: fc.option(
      fc.tuple(kind, fc.subarray([...KINDS])).map(([standard, available]) => offer(standard, available)),
    ),
    last: kind,
  }),
);

test('whatever happens, a written reply changes its channel by the hand of the agent only', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let choice: ChannelChoice = NO_CHOICE;
      let offered: OfferedChannel[] | null = null;
      let last: ChannelKind = 'WEB_CHAT';
      let written = false;
      let byHand: ChannelKind | null = null;
      for (const next of steps) {
        const before = shownChannel(choice, offered, last);
        if (next.do === 'write') {
          written = next.written;
          choice = hold(choice, written, offered, last);
          if (written) expect(shownChannel(choice, offered, last)).toBe(before);
        } else if (next.do === 'choose') {
          byHand = next.channel;
          choice = choose(choice, next.channel, offered);
          expect(shownChannel(choice, offered, last)).toBe(next.channel);
          expect(suggestedChannel(choice, offered, last)).toBeNull();
        } else {
          ({ offered, last } = next);
          if (written) expect(shownChannel(choice, offered, last)).toBe(before);
        }
        if (byHand !== null) expect(shownChannel(choice, offered, last)).toBe(byHand);
        const suggestion = suggestedChannel(choice, offered, last);
        if (suggestion !== null) {
          expect(written).toBe(true);
          expect(offered?.find((one) => one.channel === suggestion)?.available).toBe(true);
          expect(suggestion).not.toBe(shownChannel(choice, offered, last));
        }
      }
    }),
  );
});
