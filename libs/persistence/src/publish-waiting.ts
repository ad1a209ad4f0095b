import type { Messaging, StreamName } from '@conversations/messaging';
import type { Metrics } from '@conversations/runtime';
import { BATCH, type OutboxRow, type PublishedRow, markPublished, selectWaiting } from './outbox-rows';
import type { Session } from './session';
import { BrokerFailure, type StreamRebuild } from './stream-rebuild';

interface Acknowledged extends PublishedRow {
  stream: StreamName;
  duplicate: boolean;
}

/** Rows of one conversation in one group; what has no conversation goes by the partition of its subject, which keeps the order of every key. */
function groupByKey(rows: readonly OutboxRow[]): OutboxRow[][] {
  const groups = Map.groupBy(
    rows,
    (row) => row.headers['Conversation-Id'] ?? row.subject.slice(row.subject.lastIndexOf('.')),
  );
  return [...groups.values()];
}

/**
 * All groups at once, one row at a time within a group: were two rows of a conversation under way together, the first could be lost
 * on a broken connection or a full stream and the second overtake it. A failure ends its own group only.
 */
async function publishAll(messaging: Messaging, rows: readonly OutboxRow[], onAck: (row: OutboxRow) => void) {
  const acknowledged: Acknowledged[] = [];
  const failures: unknown[] = [];
  await Promise.all(
    groupByKey(rows).map(async (group) => {
      try {
        for (const row of group) {
          // After a lost connection the streams are checked before anything else is published.
          if (!messaging.isConnected) throw new Error('the connection to the broker is lost');
          const [ack] = await messaging.publishStored([row]);
          if (!ack) throw new Error('the broker did not answer');
          acknowledged.push({
            seq: row.seq,
            stream: row.stream,
            streamSequence: ack.sequence,
            duplicate: ack.duplicate,
          });
          onAck(row);
        }
      } catch (error) {
        failures.push(error);
      }
    }),
  );
  return { acknowledged, failures };
}

/**
 * One round: publishes the oldest waiting rows and notes what the broker acknowledged. True when more rows may wait.
 * Throws {@link BrokerFailure} after noting what did get through.
 */
export async function publishWaiting(
  session: Session,
  options: { messaging: Messaging; rebuild: StreamRebuild; metrics?: Metrics },
): Promise<boolean> {
  const { messaging, rebuild, metrics } = options;
  const rows = await selectWaiting(session);
  if (rows.length === 0) return false;
  await rebuild.learn(rows.map((row) => row.stream));

  const seconds = metrics?.histogram('conversations_outbox_publish_seconds');
  const { acknowledged, failures } = await publishAll(messaging, rows, (row) =>
    seconds?.observe((Date.now() - row.createdAt.getTime()) / 1000),
  );
  for (const [stream, acks] of Map.groupBy(acknowledged, (ack) => ack.stream)) {
    const before = rebuild.lastSequenceOf(stream);
    const newest = acks.filter((ack) => !ack.duplicate).map((ack) => ack.streamSequence);
    const lowest = Math.min(...newest);
    if (lowest <= before) {
      // Nothing of this round is noted: it is published again behind what the stream lost.
      await rebuild.wentBack(stream, lowest);
      continue;
    }
    await markPublished(session, stream, acks);
    rebuild.noteSequence(stream, Math.max(...acks.map((ack) => ack.streamSequence)));
    metrics?.counter('conversations_outbox_published_total').inc(acks.length);
  }
  if (failures.length > 0) throw new BrokerFailure(failures[0]);
  return rows.length === BATCH;
}
