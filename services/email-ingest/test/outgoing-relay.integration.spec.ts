import { eventually, type MailRelay, startMailRelay } from '@conversations/testing';
import { type SendingService, startSending } from './sending-service';

let service: SendingService;
let postfix: MailRelay;

beforeAll(async () => {
  service = await startSending({
    relay: async (catcher) => (postfix = await startMailRelay({ next: catcher.smtpPort, tls: true })),
    env: { EMAIL_OUT_TLS: 'required', EMAIL_OUT_TLS_VERIFY: 'off' },
  });
}, 300_000);
afterAll(() => service?.stop(), 60_000);
afterEach(() => (service.catcher.mood = {}));

const arrivesOnce = (messageId: string) =>
  eventually(
    async () => {
      expect(await service.copies(messageId)).toHaveLength(1);
      expect(await postfix.held()).toBe(0);
    },
    { timeoutMs: 20_000 },
  );

it('mail goes out through Postfix with TLS and arrives once', async () => {
  const { messageId } = await service.send();
  await service.reported(messageId, 'SENT');
  await arrivesOnce(messageId);
  await eventually(() => expect(postfix.logs()).toMatch(/from=<bounces\+b[0-9a-z]+@shop\.example>/));
});

it('what the receiver refuses for now waits in Postfix and arrives once', async () => {
  let refusals = 0;
  service.catcher.mood = { onRecipient: () => (refusals++ < 2 ? { code: 451, words: '4.3.0 Later' } : null) };
  const { messageId } = await service.send();
  await service.reported(messageId, 'SENT');
  await arrivesOnce(messageId);
  expect(refusals).toBe(3);
});

it('while Postfix is dead mail waits in the ledger, and arrives once when it is back', async () => {
  await postfix.kill();
  const sent = await Promise.all(Array.from({ length: 10 }, () => service.send()));
  await eventually(async () => {
    const { rows } = await service.sql.query("SELECT 1 FROM send WHERE state = 'WAITING' AND tries > 0");
    expect(rows).toHaveLength(10);
  });
  await postfix.restart();
  for (const { messageId } of sent) {
    await service.reported(messageId, 'SENT');
    await arrivesOnce(messageId);
  }
}, 60_000);
