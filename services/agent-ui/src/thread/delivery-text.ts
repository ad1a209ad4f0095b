import type { PendingMessage, ThreadMessage } from '../data';
import type { thread } from '../i18n/en/thread';

type Words = typeof thread;

/** How far an answer has come; null says nothing, as under a customer's message. */
export function deliveryText(
  { channel, delivery }: Pick<ThreadMessage, 'channel' | 'delivery'>,
  words: Words,
): string | null {
  switch (delivery?.state) {
    case undefined:
      return null;
    case 'ACCEPTED':
      // What is stored is in the widget; mail servers and Facebook still have to take it.
      return channel === 'WEB_CHAT' ? words.sent : words.onItsWay;
    case 'SENT':
      return words.sent;
    case 'DELIVERED':
      return words.delivered;
    case 'SEEN':
      return words.seen;
    case 'UNKNOWN':
      return words.maybeSent;
    case 'FAILED':
      return failureText(delivery.failureCode, words);
  }
}

export function pendingText({ state, refusal }: PendingMessage, connected: boolean, words: Words): string {
  if (state === 'refused') return failureText(refusal?.code ?? null, words);
  return state === 'sending' || connected ? words.sending : words.waiting;
}

const failureText = (code: string | null, words: Words) =>
  code === null ? words.notSent : words.notSentBecause(words.reasons[code] ?? words.reasonUnknown);
