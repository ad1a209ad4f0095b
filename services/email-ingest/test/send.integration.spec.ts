import { SendEmail } from '@conversations/contracts';
import { newBlobKey, openBlobStore } from '@conversations/blob-store';
import { newId } from '@conversations/runtime';
import { eventually } from '@conversations/testing';
import { Readable } from 'node:stream';
import { readReturnPath } from '../src/threading/return-path';
import { SigningKeys } from '../src/threading/signing-keys';
import { type SendingService, SIGNING_SECRET, startSending } from './sending-service';

const keys = new SigningKeys([{ id: 'a', secret: SIGNING_SECRET }]);
let service: SendingService;

beforeAll(async () => {
  service = await startSending({ replicas: 2 });
}, 120_000);
afterAll(() => service?.stop(), 60_000);
afterEach(() => (service.catcher.mood = {}));

it('an answer goes out once, from its own return path, and is reported as sent with its Message-ID', async () => {
  const { messageId, attempt } = await service.send();
  const report = await service.reported(messageId, 'SENT');
  const [mail, ...more] = await service.copies(messageId);
  expect(more).toEqual([]);
  expect(mail?.recipients).toEqual(['ann@example.com']);
  expect(readReturnPath(keys, mail?.sender ?? '')).toEqual({ messageId, attempt });
  expect(mail?.parsed.messageId).toBe(`<${report.rfcMessageId ?? ''}>`);
  expect(mail?.parsed.text).toContain('It arrives tomorrow.');
});

it('a command that comes twice, and over both replicas, sends one mail', async () => {
  const command = await service.send();
  await Promise.all(
    Array.from({ length: 5 }, () => service.messaging.publish(SendEmail, command.conversationId, command)),
  );
  await service.reported(command.messageId, 'SENT');
  const after = await service.send();
  await service.reported(after.messageId, 'SENT');
  expect(await service.copies(command.messageId)).toHaveLength(1);
  expect(await service.reportsOf(command.messageId)).toHaveLength(1);
});

it('200 mails at once over two replicas go out once each', async () => {
  const sent = await Promise.all(Array.from({ length: 200 }, () => service.send()));
  await eventually(
    async () => {
      const { rows } = await service.sql.query('SELECT 1 FROM send WHERE message_id = ANY($1) AND state = $2', [
        sent.map(({ messageId }) => messageId),
        'SENT',
      ]);
      expect(rows).toHaveLength(200);
    },
    { timeoutMs: 60_000 },
  );
  for (const { messageId } of sent) expect(await service.copies(messageId)).toHaveLength(1);
}, 90_000);

it('mails of one conversation go out in their order, over two replicas', async () => {
  const conversations = Array.from({ length: 12 }, () => newId('cnv'));
  const sent: { conversationId: string; messageId: string }[] = [];
  for (let n = 0; n < 8; n += 1) {
    for (const conversationId of conversations) {
      sent.push({ conversationId, messageId: (await service.send({ conversationId })).messageId });
    }
  }
  for (const { messageId } of sent.slice(-conversations.length)) await service.reported(messageId, 'SENT');
  const order = service.catcher.mails.map(({ parsed }) => parsed.messageId).reverse();
  for (const conversationId of conversations) {
    const { rows } = await service.sql.query<{ id: string }>(
      'SELECT rfc_message_id AS id FROM send WHERE conversation_id = $1 ORDER BY seq',
      [conversationId],
    );
    const places = rows.map(({ id }) => order.indexOf(`<${id}>`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  }
});

it('files go along, and one that is gone fails the message', async () => {
  const blobs = openBlobStore({ BLOB_STORE_DIR: service.blobFolder });
  const storageKey = newBlobKey();
  await blobs?.put(storageKey, Readable.from([Buffer.from('the label')]), { maxBytes: 100 });
  const file = { id: newId('up'), filename: 'Étiquette n° 1.txt', contentType: 'text/plain', byteSize: 9, storageKey };
  const { messageId } = await service.send({ attachments: [file] });
  await service.reported(messageId, 'SENT');
  const [mail] = await service.copies(messageId);
  expect(mail?.parsed.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
    ['Étiquette n° 1.txt', 'the label'],
  ]);

  const gone = await service.send({ attachments: [{ ...file, storageKey: newBlobKey() }] });
  const report = await service.reported(gone.messageId, 'FAILED');
  expect(report).toMatchObject({ failureCode: 'ATTACHMENT_MISSING', retryable: true });
});

it('row 10: an address with a line break is refused, and no mail goes out', async () => {
  const { messageId } = await service.send({
    to: { name: null, address: 'ann@example.com\r\nRCPT TO:<victim@example.net>' },
  });
  const report = await service.reported(messageId, 'FAILED');
  expect(report).toMatchObject({ failureCode: 'ADDRESS_REFUSED' });
  expect(await service.copies(messageId)).toEqual([]);
});

describe('a server that refuses', () => {
  it('for good fails the message with its code and words', async () => {
    service.catcher.mood = { onRecipient: () => ({ code: 550, words: '5.1.1 No such user here' }) };
    const { messageId } = await service.send();
    const report = await service.reported(messageId, 'FAILED');
    expect(report).toMatchObject({
      failureCode: 'MAILBOX_UNKNOWN',
      detail: '550 5.1.1 No such user here',
      retryable: true,
    });
  });

  it('for now is asked again until it takes the mail, once', async () => {
    let refusals = 0;
    const refuse = () => (refusals++ < 3 ? { code: 451, words: '4.7.1 Greylisted' } : null);
    service.catcher.mood = { onRecipient: refuse };
    const { messageId } = await service.send();
    await service.reported(messageId, 'SENT');
    expect(refusals).toBe(4);
    expect(await service.copies(messageId)).toHaveLength(1);
    expect(await service.reportsOf(messageId)).toHaveLength(1);
  });

  it('after the whole mail for now is asked again with the same bytes', async () => {
    const seen: Buffer[] = [];
    service.catcher.mood = {
      onData: ({ raw }) => {
        seen.push(raw);
        return seen.length < 3 ? { code: 452, words: '4.3.1 Busy' } : null;
      },
    };
    const { messageId } = await service.send();
    await service.reported(messageId, 'SENT');
    expect(seen).toHaveLength(3);
    expect(seen.every((raw) => raw.equals(seen[0]!))).toBe(true);
  });

  it('a copy for good still sends the answer, and says who did not get it', async () => {
    service.catcher.mood = {
      onRecipient: (address) => (address.startsWith('boss') ? { code: 550, words: '5.2.2 Full' } : null),
    };
    const { messageId } = await service.send({ cc: [{ name: null, address: 'boss@example.com' }] });
    const report = await service.reported(messageId, 'SENT');
    expect(report.detail).toBe('boss@example.com: 550 5.2.2 Full');
  });

  it('a copy for now gets it later, and the others get it once', async () => {
    let refusals = 0;
    service.catcher.mood = {
      onRecipient: (address) =>
        address.startsWith('boss') && refusals++ < 2 ? { code: 450, words: '4.2.0 Later' } : null,
    };
    const { messageId } = await service.send({ cc: [{ name: null, address: 'boss@example.com' }] });
    await eventually(async () => expect(await service.copies(messageId)).toHaveLength(2));
    const recipients = (await service.copies(messageId)).map((mail) => mail.recipients);
    expect(recipients.sort()).toEqual([['ann@example.com'], ['boss@example.com']]);
  });
});

it('a server that is down holds nothing up: mails wait in the ledger and go out when it is back', async () => {
  await service.catcher.close();
  const sent = await Promise.all(Array.from({ length: 5 }, () => service.send()));
  await eventually(async () => {
    const { rows } = await service.sql.query<{ tries: number }>(
      'SELECT tries FROM send WHERE message_id = ANY($1) AND tries > 0',
      [sent.map(({ messageId }) => messageId)],
    );
    expect(rows).toHaveLength(5);
  });
  await service.catcher.open();
  for (const { messageId } of sent) {
    await service.reported(messageId, 'SENT');
    expect(await service.copies(messageId)).toHaveLength(1);
    expect(await service.reportsOf(messageId)).toHaveLength(1);
  }
});

describe('a connection that dies', () => {
  it('after the whole mail is uncertain: the agent is told, and the same bytes go out again', async () => {
    let losses = 0;
    service.catcher.mood = { onData: () => (losses++ === 0 ? 'drop-after-taking' : null) };
    const { messageId } = await service.send();
    await service.reported(messageId, 'SENT');
    const reports = await service.reportsOf(messageId);
    expect(reports.map(({ state }) => state)).toEqual(['UNKNOWN', 'SENT']);
    expect(reports[0]).toMatchObject({ failureCode: 'MAYBE_SENT', retryable: false });
    const [first, second, ...more] = await service.copies(messageId);
    expect(more).toEqual([]);
    expect(first?.raw.equals(second?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  it('again and again does not fill a mailbox: after six copies a person decides', async () => {
    service.catcher.mood = { onData: () => 'drop-after-taking' };
    const { messageId } = await service.send();
    await eventually(
      async () => {
        const report = (await service.reportsOf(messageId)).at(-1);
        expect(report).toMatchObject({ state: 'UNKNOWN', retryable: true });
      },
      { timeoutMs: 20_000 },
    );
    expect(await service.copies(messageId)).toHaveLength(6);
  });
});

it('the second send by a person is an attempt of its own with the same bytes', async () => {
  service.catcher.mood = { onRecipient: () => ({ code: 550, words: '5.2.2 Mailbox full' }) };
  const command = await service.send();
  await service.reported(command.messageId, 'FAILED');
  service.catcher.mood = {};
  await service.messaging.publish(SendEmail, command.conversationId, { ...command, attempt: 2 });
  const report = await service.reported(command.messageId, 'SENT');
  expect(report.attempt).toBe(2);
  const { rows } = await service.sql.query('SELECT DISTINCT raw_key FROM send WHERE message_id = $1', [
    command.messageId,
  ]);
  expect(rows).toHaveLength(1);
});

it('replicas that are killed with a mail on its way: it arrives, twice at most, and the agent knows that it may have', async () => {
  let held = 0;
  service.catcher.mood = { onData: () => (held++ === 0 ? 'hang' : null) };
  const { messageId } = await service.send();
  await eventually(async () => expect(await service.copies(messageId)).toHaveLength(1));
  await Promise.all(service.replicas.map((replica) => replica.kill()));
  await Promise.all(service.replicas.map((replica) => replica.restart()));
  await service.reported(messageId, 'SENT');
  expect((await service.reportsOf(messageId)).map(({ state }) => state)).toEqual(['UNKNOWN', 'SENT']);
  const [first, second, ...more] = await service.copies(messageId);
  expect(more).toEqual([]);
  expect(first?.raw.equals(second?.raw ?? Buffer.alloc(0))).toBe(true);
}, 60_000);
