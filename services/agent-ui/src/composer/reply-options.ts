import type { ChannelKind, ReplyDisabledReason, ReplyNotice } from '../generated/documents';

/** What the composer needs of a ReplyOption of the server. */
export interface Offer {
  channel: ChannelKind;
  available: boolean;
  default: boolean;
  recipient: string | null;
  disabledReason: ReplyDisabledReason | null;
  notice: ReplyNotice | null;
  windowClosesAt: string | null;
  includesTranscript: boolean;
  maxLength: number;
}

/** In the order of the menu and of Alt+1 to Alt+3. */
export const CHANNELS: readonly ChannelKind[] = ['WEB_CHAT', 'EMAIL', 'MESSENGER'];

/** The longest text of any channel; the server says which counts. */
const LONGEST = 10_000;
const CLOSING_MS = 4 * 3_600_000;

/** The server cannot tell: the channel of the last message is offered, and sending decides. */
export function offersUntold(lastChannel: ChannelKind): Offer[] {
  return CHANNELS.map((channel) => ({
    channel,
    available: channel === lastChannel,
    default: channel === lastChannel,
    recipient: null,
    disabledReason: null,
    notice: null,
    windowClosesAt: null,
    includesTranscript: false,
    maxLength: LONGEST,
  }));
}

/** The options as they are at this moment: a reply window closes by the clock, without any event. */
export function offersAt(options: readonly Offer[], now: number): Offer[] {
  return options.map((option) => {
    if (option.windowClosesAt === null || !option.available) return option;
    const left = new Date(option.windowClosesAt).getTime() - now;
    if (left <= 0) return { ...option, available: false, disabledReason: 'MESSENGER_WINDOW_CLOSED', notice: null };
    return left <= CLOSING_MS ? { ...option, notice: 'WINDOW_CLOSING' } : option;
  });
}

/** When the options change next by the clock alone; null = never. */
export function nextChangeAt(options: readonly Offer[], now: number): number | null {
  const times = options
    .filter(({ available, windowClosesAt }) => available && windowClosesAt !== null)
    .flatMap(({ windowClosesAt }) => {
      const closes = new Date(windowClosesAt ?? 0).getTime();
      return [closes - CLOSING_MS, closes];
    })
    .filter((time) => time > now);
  return times.length === 0 ? null : Math.min(...times);
}
