import type { Channel, ReplyOption } from '@conversations/contracts';

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
}

type Rule = Omit<ReplyOption, 'default' | 'channel' | 'maxLength' | 'windowClosesAt'>;

/** One entry for each channel, in display order; at most one is the default. */
export function replyOptions(situation: ReplySituation): ReplyOption[] {
  const rules: [Channel, Rule][] = [
    ['chat', chat(situation)],
    ['email', email(situation)],
    ['messenger', messenger()],
  ];
  const available = new Map(rules.filter(([, rule]) => rule.available));
  const preferred: Channel[] = situation.visitorOnline ? ['chat', 'email'] : ['email', 'chat'];
  const first = preferred.find((channel) => available.has(channel));
  return rules.map(([channel, rule]) => ({
    channel,
    ...rule,
    default: channel === first,
    windowClosesAt: null,
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

function messenger(): Rule {
  return {
    available: false,
    recipient: null,
    disabledReason: 'NOT_A_MESSENGER_THREAD',
    notice: null,
    includesTranscript: false,
  };
}
