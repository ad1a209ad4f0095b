import { useEffect, useState } from 'react';
import type { Draft } from '../data';
import type { ChannelKind } from '../generated/documents';
import {
  type ChannelChoice,
  choose as chooseIn,
  hold,
  NO_CHOICE,
  shownChannel,
  suggestedChannel,
} from './channel-choice';
import { nextChangeAt, type Offer, offersAt, offersUntold } from './reply-options';

/** What this page knows beside the draft: who set its channel, and which offers were declined. */
interface Memory {
  byHand: boolean;
  declined: readonly ChannelKind[];
}
/** After a reload a draft's channel counts as chosen: it may only be offered another one, never be given it. */
const UNKNOWN: Memory = { byHand: true, declined: [] };
const memories = new Map<string, Memory>();

const isWritten = (draft: Draft): boolean => draft.text.trim() !== '' || draft.attachments.length > 0;

export interface ReplyChannel {
  channel: ChannelKind;
  offers: readonly Offer[];
  offer: Offer | undefined;
  /** To be offered above a written reply; null = nothing to say. */
  suggestion: ChannelKind | null;
  choose(channel: ChannelKind): void;
  /** The change of the draft that also binds it to the channel shown, or frees it when it is emptied. */
  bind(change: Partial<Draft>): Partial<Draft>;
  sent(): void;
}

/** The channel of the reply in the box. Every rule is in channel-choice.ts; this keeps its state in the draft. */
export function useChannel(
  draftKey: string,
  [draft, setDraft]: readonly [Draft, (change: Partial<Draft>) => void],
  options: readonly Offer[] | null,
  lastChannel: ChannelKind,
): ReplyChannel {
  const [, redraw] = useState(0);
  const now = useNow(options);
  const told = options === null ? null : offersAt(options, now);
  const memory = memories.get(draftKey) ?? UNKNOWN;
  const choice = choiceOf(draft, memory);
  const remember = (next: Memory) => {
    memories.set(draftKey, next);
    redraw((count) => count + 1);
  };
  const channel = shownChannel(choice, told, lastChannel);
  const offers = told ?? offersUntold(lastChannel);

  const bind = (change: Partial<Draft>): Partial<Draft> => {
    const written = isWritten({ ...draft, ...change });
    const next = hold(choice, written, told, lastChannel);
    if (next === choice) return change;
    if (choice.chosen === null) remember({ byHand: false, declined: next.declined });
    return { ...change, channel: next.chosen ?? next.held };
  };

  // Text that came into the draft from elsewhere (a message taken back) is bound like typed text.
  const unbound = isWritten(draft) && draft.channel === null;
  useEffect(() => {
    if (!unbound) return;
    memories.set(draftKey, { byHand: false, declined: [] });
    setDraft({ channel });
  }, [unbound, draftKey, channel, setDraft]);

  return {
    channel,
    offers,
    offer: offers.find((one) => one.channel === channel),
    suggestion: suggestedChannel(choice, told, lastChannel),
    choose: (wanted) => {
      remember({ byHand: true, declined: chooseIn(choice, wanted, told).declined });
      setDraft({ channel: wanted });
    },
    bind,
    sent: () => {
      memories.delete(draftKey);
    },
  };
}

function choiceOf(draft: Draft, { byHand, declined }: Memory): ChannelChoice {
  if (draft.channel === null) return { ...NO_CHOICE, declined };
  return { chosen: byHand ? draft.channel : null, held: isWritten(draft) ? draft.channel : null, declined };
}

/** The time, renewed whenever the options change by the clock alone, and each half minute while a window is open: what is left of it is shown. */
function useNow(options: readonly Offer[] | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (options === null) return;
    const current = Date.now();
    const next = nextChangeAt(options, current);
    if (next === null) return;
    const wait = Math.min(next - current + 50, 30_000);
    const timer = setTimeout(() => {
      setNow(Date.now());
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [options, now]);
  return now;
}
