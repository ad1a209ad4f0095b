import type { Messaging } from './messaging';
import { isStreamMissing, type StreamName } from './streams';

/** What identifies a stream and its contents. */
export interface StreamFacts {
  /** Creation time, ISO: a stream made anew under the same name has another. */
  created: string;
  /** Sequence of its newest message, 0 when there never was one. */
  lastSequence: number;
}

/** How a stream stands now; null when it does not exist. Throws when the broker cannot be asked. */
export async function streamFacts(messaging: Messaging, stream: StreamName): Promise<StreamFacts | null> {
  try {
    const { created, state } = await messaging.connection.jetStream.streams.info(stream);
    return { created, lastSequence: state.last_seq };
  } catch (error) {
    if (isStreamMissing(error)) return null;
    throw error;
  }
}
