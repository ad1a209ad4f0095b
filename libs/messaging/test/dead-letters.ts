import { eventually } from '@conversations/testing';
import { type Messaging } from '../src/index';
import { OrderedReader } from '../src/ordered-reader';

export interface DeadLetter {
  reason: string;
  attempts: number;
  handler: string;
  at: string;
  stream: string;
  sequence: number;
  subject: string;
  original?: unknown;
  originalBase64?: string;
}

/** The letters that one handler buried; waits for the first. */
export async function deadLetters(messaging: Messaging, handler: string): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  const reader = new OrderedReader(messaging.connection, {
    stream: 'DEAD_LETTERS',
    filters: ['dlq.>'],
    startAt: () => 1,
    onMessages: (take) => {
      for (const { data } of take(100)) letters.push(JSON.parse(new TextDecoder().decode(data)) as DeadLetter);
    },
  });
  const found = await eventually(() => {
    const own = letters.filter((letter) => letter.handler === handler);
    if (own.length === 0) throw new Error(`no dead letter of ${handler}`);
    return own;
  });
  await reader.stop();
  return found;
}
