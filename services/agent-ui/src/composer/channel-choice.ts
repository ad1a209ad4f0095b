import type { ChannelKind } from '../generated/documents';

/** What decides the channel of a reply, as far as the server says it. */
export interface OfferedChannel {
  channel: ChannelKind;
  available: boolean;
  default: boolean;
}

/** What decides the channel of a reply, as far as the agent says it. */
export interface ChannelChoice {
  /** Chosen by the agent; stays until the reply is sent. */
  chosen: ChannelKind | null;
  /** Shown when the reply was begun; holds while anything is written. */
  held: ChannelKind | null;
  /** Offered instead and not taken: offered no second time for this reply. */
  declined: readonly ChannelKind[];
}

export const NO_CHOICE: ChannelChoice = { chosen: null, held: null, declined: [] };

/** The preselected channel; before the server has answered, the channel of the newest message. */
function preselected(offered: readonly OfferedChannel[] | null, lastChannel: ChannelKind): ChannelKind {
  if (offered === null) return lastChannel;
  return offered.find((one) => one.default)?.channel ?? lastChannel;
}

/** The channel that the composer shows and sends by. */
export function shownChannel(
  choice: ChannelChoice,
  offered: readonly OfferedChannel[] | null,
  lastChannel: ChannelKind,
): ChannelKind {
  return choice.chosen ?? choice.held ?? preselected(offered, lastChannel);
}

/** The agent picks a channel; what was preselected meanwhile counts as seen. */
export function choose(
  choice: ChannelChoice,
  channel: ChannelKind,
  offered: readonly OfferedChannel[] | null,
): ChannelChoice {
  const instead = offered?.find((one) => one.default)?.channel;
  const declined = choice.declined.filter((one) => one !== channel);
  if (instead !== undefined && instead !== channel && !declined.includes(instead)) declined.push(instead);
  return { ...choice, chosen: channel, declined };
}

/** Written text binds the reply to the channel that was shown; an empty box gives it free. */
export function hold(
  choice: ChannelChoice,
  written: boolean,
  offered: readonly OfferedChannel[] | null,
  lastChannel: ChannelKind,
): ChannelChoice {
  if (!written) return choice.held === null ? choice : { ...choice, held: null, declined: [] };
  if (choice.held !== null) return choice;
  return { ...choice, held: shownChannel(choice, offered, lastChannel) };
}

/** The channel to offer above a written reply because the preselection moved away from it; null = say nothing. */
export function suggestedChannel(
  choice: ChannelChoice,
  offered: readonly OfferedChannel[] | null,
  lastChannel: ChannelKind,
): ChannelKind | null {
  const bound = choice.chosen ?? choice.held;
  if (offered === null || bound === null || choice.held === null) return null;
  const instead = offered.find((one) => one.default && one.available)?.channel;
  if (instead === undefined || instead === shownChannel(choice, offered, lastChannel)) return null;
  return choice.declined.includes(instead) ? null : instead;
}
