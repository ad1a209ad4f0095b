import { rename } from 'node:fs/promises';
import { eventually } from '@conversations/testing';
import { replyAddress } from '../src/threading/reply-token';
import { ownMessageId } from '../src/threading/message-id';
import { bodyMarker } from '../src/threading/body-marker';
import { loopMark } from '../src/threading/loop-header';
import { clockHourLasts } from './clock-hour';
import { FORWARDER, INBOX, type InboundService, keys, mail, sendRaw, startInbound, TOKEN } from './inbound-service';

let service: InboundService;
beforeAll(async () => {
  service = await startInbound();
}, 90_000);
afterAll(() => service?.stop(), 60_000);

const CONVERSATION = 'cnv_019329a0c4b17cc0a1b2c3d4e5f60718';
const MESSAGE = 'msg_019329a0c4b27cc0a1b2c3d4e5f60718';
const answerOf = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'taken',
    (error: unknown) => {
      const { response, message } = error as Error & { response?: string };
      return response ?? message;
    },
  );
const rowOf = (id: string) =>
  eventually(async () => {
    const { rows } = await service.sql.query<{ state: string; outcome: string }>(
      'SELECT state, outcome FROM raw_mail WHERE id = $1',
      [id],
    );
    expect(rows[0]?.state).not.toBe('ACCEPTED');
    return rows[0]!;
  });

describe('what is taken', () => {
  test('a mail over SMTP becomes a message, and the same bytes are taken once', async () => {
    const raw = mail({ Subject: 'Over SMTP', 'In-Reply-To': '<other@example.com>' });
    await service.send(raw);
    await service.send(raw);
    const message = await service.messageAbout('Over SMTP');
    expect(message).toMatchObject({
      from: { name: 'Ann Okafor', address: 'ann@example.com' },
      to: [{ name: null, address: INBOX }],
      text: 'Hello there.',
      inReplyTo: 'other@example.com',
      automatic: false,
      incomplete: false,
      redirected: false,
      threadKey: 'email:ann@example.com',
    });
  });

  test('an inbox address with a tag is taken, any other address is refused with 550 5.1.1', async () => {
    expect(await answerOf(service.send(mail(), { to: ['inbox+anything@shop.example'] }))).toBe('taken');
    expect(await answerOf(service.send(mail(), { to: ['bounces+b1@shop.example'] }))).toBe('taken');
    expect(await answerOf(service.send(mail(), { to: ['boss@shop.example'] }))).toMatch(/^550 5\.1\.1/);
    expect(await answerOf(service.send(mail(), { to: ['inbox@elsewhere.example'] }))).toMatch(/^550 5\.1\.1/);
  });

  test('a client from outside the allowed networks is refused, and so is a mail that is too large', async () => {
    const strict = await service.addReplica({ EMAIL_SMTP_CLIENTS: '192.0.2.0/24' });
    expect(await answerOf(sendRaw(service.smtpPorts.at(-1)!, mail()))).toMatch(/554/);
    await strict.stop();
    const small = await service.addReplica({ EMAIL_MAX_BYTES: '20000' });
    const port = service.smtpPorts.at(-1)!;
    expect(
      await answerOf(sendRaw(port, mail({ Subject: 'Too large' }, 'x'.repeat(70).concat('\n').repeat(1_000)))),
    ).toMatch(/^552/);
    expect(await answerOf(sendRaw(port, mail({ Subject: 'Small enough' })))).toBe('taken');
    await small.stop();
  }, 60_000);

  test('raw mail over HTTP is taken with the token only', async () => {
    const refused = await fetch(service.httpUrl, { method: 'POST', body: mail() });
    expect(refused.status).toBe(401);
    await service.post(mail({ Subject: 'Over HTTP' }));
    expect(await service.messageAbout('Over HTTP')).toMatchObject({ text: 'Hello there.' });
  });

  test('the same mail to two of our addresses is one message; the same id with other words is another', async () => {
    const same = { Subject: 'Twice', 'Message-ID': '<twice@example.com>', Date: 'Sun, 22 Nov 2026 10:00:00 +0000' };
    await service.send(mail({ 'Delivered-To': INBOX, ...same }));
    await service.send(mail({ 'Delivered-To': 'help@shop.example', ...same }));
    await service.messageAbout('Twice');
    await service.send(mail({ ...same, Subject: 'Twice, changed' }, 'Other words.'));
    await service.messageAbout('Twice, changed');
    expect((await service.received()).filter(({ rfcMessageId }) => rfcMessageId === 'twice@example.com')).toHaveLength(
      2,
    );
  });
});

describe('what stands in the way', () => {
  test('without the store a mail is not taken: 451 over SMTP, 503 over HTTP, and it is taken when it is back', async () => {
    await rename(service.blobs, `${service.blobs}-away`);
    const raw = mail({ Subject: 'Store away' });
    expect(await answerOf(service.send(raw))).toMatch(/^451 4\.3\.0/);
    expect(await answerOf(service.post(raw))).toMatch(/^503/);
    await rename(`${service.blobs}-away`, service.blobs);
    await service.send(raw);
    await service.messageAbout('Store away');
  });

  test('without the database a mail is not taken either', async () => {
    await service.postgres.kill();
    const raw = mail({ Subject: 'Database away' });
    expect(await answerOf(service.send(raw))).toMatch(/^451 4\.3\.0/);
    expect(await answerOf(service.post(raw))).toMatch(/^503/);
    await service.postgres.restart();
    await service.reconnect();
    await eventually(() => service.send(raw), { timeoutMs: 20_000 });
    await service.messageAbout('Database away');
  }, 90_000);

  test('without the broker mail is taken, and goes on when it is back', async () => {
    await service.nats.kill();
    await service.send(mail({ Subject: 'Broker away' }));
    await service.messageAbout('Broker away');
    await service.nats.restart();
    await eventually(
      async () => {
        const { rows } = await service.sql.query(`SELECT 1 FROM outbox WHERE stream_seq IS NULL`);
        expect(rows).toEqual([]);
      },
      { timeoutMs: 30_000 },
    );
  }, 60_000);

  test('a kill in the middle of 60 mails loses and doubles none', async () => {
    const [first] = service.replicas;
    const subjects = Array.from({ length: 60 }, (_, index) => `Kill ${String(index).padStart(2, '0')}`);
    for (const [index, subject] of subjects.entries()) {
      const raw = mail({ Subject: subject, 'Message-ID': `<${subject.replace(' ', '-')}@example.com>` });
      if (index === 20 || index === 40) {
        await first?.kill();
        await first?.restart();
      }
      await eventually(() => service.send(raw), { timeoutMs: 20_000 });
    }
    // A mail whose worker was killed is taken up again after its minute.
    await service.sql.query(`UPDATE raw_mail SET due_at = now() WHERE state = 'ACCEPTED'`);
    await eventually(
      async () => {
        const found = (await service.received()).map(({ subject }) => subject).filter((one) => one.startsWith('Kill'));
        expect(found.toSorted()).toEqual(subjects);
      },
      { timeoutMs: 60_000 },
    );
  }, 150_000);
});

describe('what our own mails carry comes back', () => {
  test('tokens of every recipient header and of the envelope, own ids, and the marker in the quoted text', async () => {
    const token = replyAddress(keys, INBOX, CONVERSATION)!;
    const own = ownMessageId(keys, 'shop.example', MESSAGE);
    for (const [where, fields, to] of [
      ['To', { To: token }, INBOX],
      ['Cc', { Cc: token }, INBOX],
      ['Delivered-To', { 'Delivered-To': token }, INBOX],
      ['X-Original-To', { 'X-Original-To': token }, INBOX],
      ['the envelope', {}, token.toUpperCase()],
    ] as const) {
      await service.send(mail({ Subject: `Token in ${where}.`, ...fields }), { to: [to] });
      expect(await service.messageAbout(`Token in ${where}.`)).toMatchObject({ tokens: [CONVERSATION] });
    }
    const quoted = `Fine.\n\nOn Sun, 22 Nov 2026 at 10:00, Shop <${INBOX}> wrote:\n> It arrives tomorrow.\n> ${bodyMarker(keys, CONVERSATION)}`;
    await service.send(
      mail({ Subject: 'Ids', References: `<x@example.com> <${own}>`, 'In-Reply-To': `<${own}>` }, quoted),
    );
    expect(await service.messageAbout('Ids')).toMatchObject({
      ownIds: [MESSAGE],
      marker: CONVERSATION,
      text: 'Fine.',
      quotedText: expect.stringContaining('It arrives tomorrow.') as unknown,
    });
  });

  test('security row 6: a forged token, id or marker is none', async () => {
    const token = replyAddress(keys, INBOX, CONVERSATION)!;
    const forged = token.replace(/.@/, (end) => (end.startsWith('0') ? '1@' : '0@'));
    await service.send(
      mail({ Subject: 'Forged', Cc: forged, 'In-Reply-To': '<ma0000@shop.example>' }, 'ref-a000 is no marker'),
    );
    expect(await service.messageAbout('Forged')).toMatchObject({ tokens: [], ownIds: [], marker: null });
  });

  test('a mail of our own that comes back is set aside', async () => {
    const id = await service.post(mail({ Subject: 'Loop', 'X-Conversations-Loop': loopMark(keys, MESSAGE) }));
    expect(await rowOf(id)).toEqual({ state: 'SET_ASIDE', outcome: 'own' });
    const circle = await service.post(
      mail({ Subject: 'Circle', Received: Array.from({ length: 31 }, () => 'from a by b; now') }),
    );
    expect(await rowOf(circle)).toEqual({ state: 'SET_ASIDE', outcome: 'circle' });
  });
});

describe('who wrote', () => {
  test('security row 8: two auto-responders wired together stop after 3 mails, and replay shows the rest', async () => {
    await clockHourLasts(30);
    const ids: string[] = [];
    for (let round = 1; round <= 8; round += 1) {
      const fields = { From: 'robot@example.com', Subject: `Away ${round}`, 'Auto-Submitted': 'auto-replied' };
      ids.push(await service.post(mail(fields)));
      await rowOf(ids.at(-1)!);
    }
    const away = async () => (await service.received()).filter(({ subject }) => subject.startsWith('Away'));
    expect((await away()).map(({ subject, automatic }) => [subject, automatic])).toEqual([
      ['Away 1', true],
      ['Away 2', true],
      ['Away 3', true],
    ]);
    expect(await rowOf(ids[3]!)).toEqual({ state: 'SET_ASIDE', outcome: 'auto-reply-cap' });
    await service.replay('set-aside');
    await eventually(async () => expect(await away()).toHaveLength(8));
  }, 90_000);

  test('a mail that an allowed person sent on by hand is from who wrote it first; from anybody else it is their own', async () => {
    const body =
      'Please help her.\n\n---------- Forwarded message ---------\nFrom: Bea <bea@example.net>\nDate: Sun, 22 Nov 2026\nSubject: Broken lamp\nTo: <agent@shop.example>\n\nMy lamp is broken.';
    await service.send(mail({ From: `Amélie <${FORWARDER}>`, Subject: 'Fwd: Broken lamp' }, body));
    expect(await service.messageAbout('Fwd: Broken lamp')).toMatchObject({
      from: { name: 'Bea', address: 'bea@example.net' },
      forwarded: { by: { address: FORWARDER }, comment: 'Please help her.' },
      text: 'My lamp is broken.',
    });
  });

  test('Authentication-Results counts from our own server and only on top', async () => {
    const pass = 'mx.shop.example; dkim=pass header.d=example.com; dmarc=pass header.from=example.com';
    const fail = 'mx.shop.example; dmarc=fail (p=none) header.from=example.com';
    const foreign = 'mx.evil.example; dmarc=pass header.from=example.com';
    for (const [subject, results, expected] of [
      ['Passed.', [pass, fail], 'PASS'],
      ['Failed.', [fail, pass], 'FAIL'],
      ['Foreign.', [foreign, pass], 'NONE'],
    ] as const) {
      await service.send(mail({ Subject: subject, 'Authentication-Results': [...results] }));
      expect((await service.messageAbout(subject)).authentication).toBe(expected);
    }
  });

  test('a mail without a sender or an id is a message all the same', async () => {
    const raw = mail({ From: null, 'Message-ID': 'garbage', Subject: 'From nobody' });
    await service.send(raw);
    const message = await service.messageAbout('From nobody');
    expect(message.from.address).toMatch(/^unknown-[0-9a-f]{12}@no-address\.invalid$/);
    expect(message.rfcMessageId).toMatch(/@no-message-id\.invalid$/);
    // From the inbox's own address: a form of a website, whose writer stands in Reply-To.
    await service.send(mail({ From: INBOX, 'Reply-To': 'Cy <cy@example.org>', Subject: 'By form' }));
    expect((await service.messageAbout('By form')).from).toEqual({ name: 'Cy', address: 'cy@example.org' });
  });
});

test('the admins’ page is told of the listeners, and the token is in no log', async () => {
  const { channels } = await service.channels();
  expect(channels.map(({ id, channel }) => [id, channel])).toEqual([
    ['smtp', 'email'],
    ['http', 'email'],
  ]);
  expect(service.replicas[0]?.logs()).not.toContain(TOKEN);
});
