import { startNats } from '@conversations/testing';
import { Messaging, composeMessage, ensureStreams } from '@conversations/messaging';
import { MessageAdded } from '@conversations/contracts';
it('follows', async () => {
  const nats = await startNats();
  const log = {
    debug() {},
    info(f: object, e: string) {
      console.log(f, e);
    },
    warn(f: object, e: string) {
      console.log(f, e);
    },
    error() {},
  };
  const m = await Messaging.connect({ servers: nats.url, name: 't', log });
  await ensureStreams(m);
  const rows = Array.from({ length: 20000 }, (_, i) => ({
    ...composeMessage(MessageAdded, 'cnv_' + String(i).padStart(20, '0'), MessageAdded.example as never, {
      sequence: 2,
    }),
  }));
  for (let i = 0; i < rows.length; i += 500) await m.publishStored(rows.slice(i, i + 500));
  let got = 0;
  let batches = 0;
  const t0 = performance.now();
  const marks: string[] = [];
  m.followEvents({
    filters: ['evt.>'],
    from: { sequence: 1 },
    onBatch: (b) => {
      got += b.length;
      batches++;
      if (batches % 20 === 0) marks.push(`${Math.round(performance.now() - t0)}:${got}`);
    },
    onReset() {},
  });
  while (got < 20000 && performance.now() - t0 < 20000) await new Promise((r) => setTimeout(r, 5));
  console.log(got, batches, Math.round(performance.now() - t0), marks.join(' '));
  await m.drain();
  await nats.stop();
}, 60000);
