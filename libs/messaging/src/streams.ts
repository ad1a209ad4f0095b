import { isDeepStrictEqual } from 'node:util';
import type { MessageKind } from '@conversations/contracts';
import { DiscardPolicy, NatsError, nanos, RetentionPolicy, type StreamConfig, StorageType } from 'nats';
import type { Messaging } from './messaging';

export type StreamName = 'INBOUND' | 'OUTBOUND' | 'EVENTS' | 'DEAD_LETTERS';

export interface StreamSettings {
  /** Copies of each stream on different servers; 3 in production. Default 1. */
  replicas?: number;
  /** A stream that is full refuses messages with an error. Defaults: {@link DEFAULT_MAX_BYTES}. */
  maxBytes?: Partial<Record<StreamName, number>>;
}

/** The server dropped or changed a setting that the promises rest on; it is too old or configured against us. */
export class StreamSettingRefused extends Error {
  constructor(
    readonly stream: string,
    readonly setting: string,
    wanted: unknown,
    found: unknown,
  ) {
    super(`stream ${stream}: ${setting} is ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
    this.name = 'StreamSettingRefused';
  }
}

const GIB = 1024 ** 3;
const DAY_MS = 24 * 60 * 60 * 1000;

export const DEFAULT_MAX_BYTES: Record<StreamName, number> = {
  INBOUND: 4 * GIB,
  OUTBOUND: 2 * GIB,
  EVENTS: 8 * GIB,
  DEAD_LETTERS: GIB,
};

const STREAM_OF_KIND = { in: 'INBOUND', out: 'OUTBOUND', evt: 'EVENTS' } as const;

/** The stream that keeps messages of a kind. Throws for `live`, which nothing keeps. */
export function streamOfKind(kind: MessageKind): StreamName {
  if (kind === 'live') throw new Error('live messages are not stored');
  return STREAM_OF_KIND[kind];
}

type Definition = Partial<StreamConfig> & { name: StreamName };

/** Only settings of nats-server 2.10. */
const definitions = ({ replicas = 1, maxBytes = {} }: StreamSettings): Definition[] => {
  const define = (name: StreamName, subject: string, retention: RetentionPolicy, maxAgeMs: number): Definition => ({
    name,
    subjects: [subject],
    retention,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_bytes: maxBytes[name] ?? DEFAULT_MAX_BYTES[name],
    max_age: nanos(maxAgeMs),
    duplicate_window: nanos(2 * 60 * 1000),
    deny_delete: true,
    num_replicas: replicas,
  });
  return [
    define('INBOUND', 'in.>', RetentionPolicy.Limits, 7 * DAY_MS),
    define('OUTBOUND', 'out.>', RetentionPolicy.Workqueue, 0),
    define('EVENTS', 'evt.>', RetentionPolicy.Limits, 7 * DAY_MS),
    define('DEAD_LETTERS', 'dlq.>', RetentionPolicy.Limits, 30 * DAY_MS),
  ];
};

/** JetStream's codes for a stream that is not there, and for one that is there with other settings. */
const STREAM_NOT_FOUND = 10059;
const STREAM_NAME_IN_USE = 10058;

export const isStreamMissing = (error: unknown): boolean =>
  error instanceof NatsError && error.jsError()?.err_code === STREAM_NOT_FOUND;

/**
 * Makes the streams or brings them up to date, then reads every setting back.
 * Any number of processes may do it at once. Throws {@link StreamSettingRefused}.
 */
export async function ensureStreams(messaging: Messaging, settings: StreamSettings = {}): Promise<void> {
  const { streams } = messaging.connection.jetStream;
  for (const wanted of definitions(settings)) {
    try {
      await streams.add(wanted);
    } catch (error) {
      if (!(error instanceof NatsError) || error.jsError()?.err_code !== STREAM_NAME_IN_USE) throw error;
      const { config } = await streams.info(wanted.name);
      await streams.update(wanted.name, { ...config, ...wanted });
    }
    const { config } = await streams.info(wanted.name);
    assertApplied(wanted, config);
  }
}

/** A server drops a setting that it does not know in silence. */
export function assertApplied(wanted: Partial<StreamConfig> & { name: string }, found: Partial<StreamConfig>): void {
  for (const [setting, value] of Object.entries(wanted)) {
    const applied: unknown = found[setting as keyof StreamConfig];
    if (!isDeepStrictEqual(applied, value)) throw new StreamSettingRefused(wanted.name, setting, value, applied);
  }
}
