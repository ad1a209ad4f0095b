import { eventually, type ImapServer, type MailRelay, startImapServer, startMailRelay } from '@conversations/testing';
import { rename } from 'node:fs/promises';
import { type InboundService, mail, sendRaw, startInbound } from './inbound-service';

const USER = 'support';
const THERE_ALREADY = 20_000;

const subjectsOf = async (service: InboundService, start: string) =>
  (await service.received()).map(({ subject }) => subject).filter((subject) => subject.startsWith(start));

describe('a mailbox on a real Dovecot', () => {
  let imap: ImapServer;
  let service: InboundService;
  const numbered = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what} ${index + 1}`);
  const deliver = (subject: string) => imap.deliver(USER, mail({ Subject: subject }));
  const arrived = (what: string, subjects: string[]) =>
    eventually(async () => expect((await subjectsOf(service, what)).toSorted()).toEqual(subjects.toSorted()), {
      timeoutMs: 90_000,
    });
  const raws = async () =>
    (await service.sql.query<{ count: number }>('SELECT count(*)::int FROM raw_mail')).rows[0]!.count;

  beforeAll(async () => {
    imap = await startImapServer();
    const longAgo = new Date(Date.now() - 3 * 24 * 60 * 60 * 1_000);
    for (let index = 0; index < THERE_ALREADY; index += 1)
      imap.deliver(USER, mail({ Subject: `Old ${index}` }), longAgo);
    const mailbox = { id: USER, host: imap.host, port: imap.port, tls: 'none', user: USER, password: imap.password };
    service = await startInbound({ EMAIL_MAILBOXES: JSON.stringify([mailbox]), EMAIL_SMTP: 'off' });
    await service.addReplica();
    await eventually(
      async () => {
        const { channels } = await service.channels();
        expect(channels.find(({ id }) => id === `mailbox:${USER}`)).toMatchObject({ health: 'OK', detail: null });
      },
      { timeoutMs: 240_000 },
    );
  }, 300_000);
  afterAll(async () => {
    await service?.stop();
    await imap?.stop();
  }, 60_000);

  test('new mail is stored a moment after its arrival, with 20,000 mails there already, which are left alone', async () => {
    const times: number[] = [];
    for (const subject of numbered('New', 9)) {
      const begun = Date.now();
      deliver(subject);
      await service.messageAbout(subject);
      times.push(Date.now() - begun);
    }
    console.log(`from delivery to the stored message, ms: ${times.join(' ')}`);
    expect(await subjectsOf(service, 'Old')).toEqual([]);
  }, 120_000);

  test('connections that are kicked, a server that restarts and a killed replica lose and double nothing', async () => {
    const subjects = numbered('Rough', 60);
    for (const [index, subject] of subjects.entries()) {
      deliver(subject);
      if (index === 15) await imap.kick(USER);
      if (index === 30) await imap.restart();
      if (index === 45) {
        await service.replicas[0]!.kill();
        await service.replicas[0]!.restart();
      }
    }
    await service.sql.query(`UPDATE raw_mail SET due_at = now() WHERE state = 'ACCEPTED'`);
    await arrived('Rough', subjects);
  }, 200_000);

  test('a server that numbers its mails anew, and breaks off while they are read, loses and doubles nothing', async () => {
    const before = await raws();
    const begun = Date.now();
    const lastUid = async () =>
      Number((await service.sql.query<{ last_uid: string }>('SELECT last_uid FROM mailbox')).rows[0]?.last_uid);
    await imap.renumber(USER);
    deliver('Renumbered');
    await eventually(
      async () => {
        const uid = await lastUid();
        expect(uid > 0 && uid < THERE_ALREADY).toBe(true);
      },
      { timeoutMs: 60_000, everyMs: 10 },
    );
    await imap.kick(USER);
    await arrived('Renumbered', ['Renumbered']);
    await eventually(async () => expect(await lastUid()).toBeGreaterThan(THERE_ALREADY), { timeoutMs: 60_000 });
    const after = await raws();
    console.log(`read again after ${Date.now() - begun} ms; raw mails before ${before}, after ${after}`);
    expect(after).toBe(before + 1);
    const { rows } = await service.sql.query(
      `SELECT 1 FROM outbox WHERE subject LIKE 'in.email.message-received.%'
       GROUP BY body::json -> 'data' ->> 'idempotencyKey' HAVING count(*) > 1`,
    );
    expect(rows).toEqual([]);
  }, 240_000);
});

describe('a real Postfix in front of the listener', () => {
  let service: InboundService;
  let relay: MailRelay;
  beforeAll(async () => {
    service = await startInbound();
    relay = await startMailRelay({ next: service.smtpPorts[0]! });
  }, 120_000);
  afterAll(async () => {
    await relay?.stop();
    await service?.stop();
  }, 60_000);

  test('it holds what is not taken now, and every mail arrives once', async () => {
    const subjects = Array.from({ length: 30 }, (_, index) => `Relayed ${index + 1}`);
    await rename(service.blobs, `${service.blobs}-away`);
    for (const subject of subjects) await sendRaw(relay.port, mail({ Subject: subject }));
    await eventually(async () => expect(service.replicas[0]!.logs()).toContain('mail.not-stored'));
    await eventually(async () => expect(await relay.held()).toBe(subjects.length));
    await rename(`${service.blobs}-away`, service.blobs);
    await eventually(
      async () => expect((await subjectsOf(service, 'Relayed')).toSorted()).toEqual(subjects.toSorted()),
      { timeoutMs: 60_000 },
    );
    await eventually(async () => expect(await relay.held()).toBe(0), { timeoutMs: 30_000 });
  }, 120_000);
});
