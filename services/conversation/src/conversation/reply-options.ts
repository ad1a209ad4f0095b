import type { Channel, ReplyOption } from '@conversations/contracts';
import type { ReplyWindow } from '../messenger/messenger-profile.entity';

/** Longest message in UTF-16 code units. */
export const MAX_LENGTH: Record<Channel, number> = { chat: 10_000, email: 10_000, messenger: 2_000 };

/** What decides which channels may carry an answer. */
export interface ReplySituation {
  title: string;
  hasVisitor: boolean;
  visitorOnline: boolean;
  email: string | null;
  /** False when the visitor typed the address and nothing shows that it is theirs. */
  emailVerified: boolean;
  /** True when this installation sends and receives mail. */
  emailConfigured: boolean;
  /** Null in threads that are not on Messenger; no window for somebody who never wrote. */
  messenger: { canSend: boolean; window: ReplyWindow | null } | null;
  now: Date;
}

type Rule = Omit<ReplyOption, 'default' | 'channel' | 'maxLength' | 'windowClosesAt'> & {
  windowClosesAt?: Date | null;
};

/** Agents are warned when less than this is left. */
const WINDOW_NOTICE_MS = 4 * 60 * 60 * 1000;

/** One entry for each channel, in display order; at most one is the default. */
export function replyOptions(situation: ReplySituation): ReplyOption[] {
  const rules: [Channel, Rule][] = [
    ['chat', chat(situation)],
    ['email', email(situation)],
    ['messenger', messenger(situation)],
  ];
  const available = new Map(rules.filter(([, rule]) => rule.available));
  const others: Channel[] = situation.visitorOnline ? ['chat', 'email'] : ['email', 'chat'];
  const preferred: Channel[] = ['messenger', ...others];
  const first = preferred.find((channel) => available.has(channel));
  return rules.map(([channel, rule]) => ({
    channel,
    ...rule,
    default: channel === first,
    windowClosesAt: rule.windowClosesAt?.toISOString() ?? null,
    maxLength: MAX_LENGTH[channel],
  }));
}

function chat({ hasVisitor, visitorOnline, title }: ReplySituation): Rule {
  return {
    available: hasVisitor,
    recipient: hasVisitor ? title : null,
    disabledReason: hasVisitor ? null : 'NOT_A_CHAT_THREAD',
    notice: hasVisitor && !visitorOnline ? 'VISITOR_OFFLINE' : null,
    includesTranscript: false,
  };
}

function email({ email: address, emailVerified, emailConfigured }: ReplySituation): Rule {
  const disabledReason = !emailConfigured ? 'CHANNEL_NOT_CONFIGURED' : address ? null : 'EMAIL_ADDRESS_UNKNOWN';
  const available = disabledReason === null;
  return {
    available,
    recipient: address,
    disabledReason,
    notice: available && !emailVerified ? 'ADDRESS_UNVERIFIED' : null,
    includesTranscript: available,
  };
}

function messenger({ messenger: person, title, now }: ReplySituation): Rule {
  const until = person?.window ? endOf(person.window, now) : null;
  const left = (until?.getTime() ?? 0) - now.getTime();
  const disabledReason = !person
    ? 'NOT_A_MESSENGER_THREAD'
    : !person.canSend
      ? 'CHANNEL_DOWN'
      : left > 0
        ? null
        : 'MESSENGER_WINDOW_CLOSED';
  const available = disabledReason === null;
  return {
    available,
    recipient: person ? title : null,
    disabledReason,
    notice: available && left < WINDOW_NOTICE_MS ? 'WINDOW_CLOSING' : null,
    windowClosesAt: until,
    includesTranscript: false,
  };
}

/** The tag of a page counts only when the day is over. */
function endOf({ closesAt, humanAgentUntil }: ReplyWindow, now: Date): Date {
  return now < closesAt ? closesAt : (humanAgentUntil ?? closesAt);
}
