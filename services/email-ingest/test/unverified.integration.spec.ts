import { newId } from '@conversations/runtime';
import { eventually } from '@conversations/testing';
import { type Command, type SendingService, startSending } from './sending-service';

let service: SendingService;

beforeAll(async () => {
  service = await startSending({
    replicas: 2,
    env: {
      EMAIL_UNVERIFIED_PER_ADDRESS: '3',
      EMAIL_UNVERIFIED_PER_VISITOR: '4',
      EMAIL_UNVERIFIED_OVERALL: '10',
    },
  });
}, 60_000);
afterAll(() => service?.stop(), 60_000);

/** To an address that somebody typed into a form. */
const typed = (address: string, visitorId: string): Partial<Command> => ({
  to: { name: null, address },
  recipient: { contactId: newId('con'), verified: false, visitorId },
});

const settled = (ids: string[]) =>
  eventually(
    async () => {
      const { rows } = await service.sql.query<{ state: string; failure_code: string | null }>(
        "SELECT state, failure_code FROM send WHERE message_id = ANY($1) AND state IN ('SENT', 'FAILED')",
        [ids],
      );
      expect(rows).toHaveLength(ids.length);
      return rows;
    },
    { timeoutMs: 60_000 },
  );

describe('row 7: mail to addresses that nobody has confirmed', () => {
  it('a victim whose address is typed into the form 1,000 times, by 1,000 visitors, gets three mails', async () => {
    const victim = 'victim@example.net';
    const sent = await Promise.all(Array.from({ length: 1_000 }, () => service.send(typed(victim, newId('vis')))));
    const rows = await settled(sent.map(({ messageId }) => messageId));
    expect(rows.filter(({ state }) => state === 'SENT')).toHaveLength(3);
    expect(service.catcher.mails.filter(({ recipients }) => recipients.includes(victim))).toHaveLength(3);
    expect(new Set(rows.map(({ failure_code }) => failure_code))).toEqual(new Set([null, 'UNVERIFIED_LIMIT']));
    const { rows: failed } = await service.sql.query<{ message_id: string }>(
      "SELECT message_id FROM send WHERE address = $1 AND state = 'FAILED' LIMIT 1",
      [victim],
    );
    const report = await service.reported(failed[0]?.message_id ?? '', 'FAILED');
    expect(report).toMatchObject({ failureCode: 'UNVERIFIED_LIMIT', retryable: true });
  }, 120_000);

  it('a visitor who types one address after the other is stopped after four', async () => {
    const visitor = newId('vis');
    const sent = [];
    for (let n = 0; n < 8; n += 1) sent.push(await service.send(typed(`someone${n}@example.net`, visitor)));
    const rows = await settled(sent.map(({ messageId }) => messageId));
    expect(rows.filter(({ state }) => state === 'SENT')).toHaveLength(4);
  });

  it('many visitors with many addresses are stopped at the cap of the installation', async () => {
    const sent = [];
    for (let n = 0; n < 8; n += 1) sent.push(await service.send(typed(`other${n}@example.net`, newId('vis'))));
    const rows = await settled(sent.map(({ messageId }) => messageId));
    expect(rows.filter(({ state }) => state === 'SENT')).toHaveLength(10 - 3 - 4);
  });

  it('who has written themselves is not counted', async () => {
    const sent = [];
    for (let n = 0; n < 8; n += 1) sent.push(await service.send());
    const rows = await settled(sent.map(({ messageId }) => messageId));
    expect(rows.filter(({ state }) => state === 'SENT')).toHaveLength(8);
  });
});
