import { Database, openDataSource } from '@conversations/persistence';
import { createLogger, Metrics } from '@conversations/runtime';
import type { DataSource } from 'typeorm';
import { EmailSettings } from '../src/config';
import { emailDataSource } from '../src/data-source';
import { NoteBounce } from '../src/outbound/note-bounce';
import { SendLedger } from '../src/outbound/send-ledger';
import type { Bounce } from '../src/threading/thread-signs';
import { type SendingService, startSending } from './sending-service';

let service: SendingService;
let dataSource: DataSource;
let note: (bounce: Bounce) => Promise<boolean>;

beforeAll(async () => {
  service = await startSending();
  const settings = EmailSettings.parse(service.replicas[0]!.env);
  const log = createLogger('test', { level: 'fatal' });
  dataSource = await openDataSource(emailDataSource(settings, log), log);
  const database = new Database(dataSource);
  const metrics = new Metrics('test');
  const bounces = new NoteBounce(new SendLedger(database, metrics, settings), metrics, settings);
  note = (bounce) => database.transaction((tx) => bounces.run(tx, bounce));
}, 60_000);
afterAll(async () => {
  await dataSource?.destroy();
  await service?.stop();
}, 60_000);

const bounce = (change: Partial<Bounce>): Bounce => ({
  kind: 'failure',
  recipients: [],
  rfcMessageIds: [],
  finalRecipient: 'ann@example.com',
  status: '5.2.2',
  diagnostic: '552 5.2.2 Mailbox full',
  at: new Date(),
  ...change,
});

const sent = async () => {
  const { messageId } = await service.send();
  const report = await service.reported(messageId, 'SENT');
  const [mail] = await service.copies(messageId);
  return { messageId, returnPath: mail?.sender ?? '', rfcMessageId: report.rfcMessageId ?? '' };
};

it('a bounce finds its message by the return path, whatever it returns', async () => {
  const { messageId, returnPath } = await sent();
  expect(await note(bounce({ recipients: ['somebody@shop.example', returnPath] }))).toBe(true);
  expect(await service.reported(messageId, 'FAILED')).toMatchObject({
    failureCode: 'MAILBOX_FULL',
    detail: '552 5.2.2 Mailbox full',
    attempt: 1,
    retryable: true,
  });
});

it('a bounce finds its message by the Message-ID of the returned mail', async () => {
  const { messageId, rfcMessageId } = await sent();
  expect(await note(bounce({ rfcMessageIds: ['other@example.com', rfcMessageId] }))).toBe(true);
  await service.reported(messageId, 'FAILED');
});

it('a complaint is shown on the message', async () => {
  const { messageId, rfcMessageId } = await sent();
  expect(await note(bounce({ kind: 'complaint', status: null, rfcMessageIds: [rfcMessageId] }))).toBe(true);
  expect(await service.reported(messageId, 'FAILED')).toMatchObject({ failureCode: 'COMPLAINT' });
});

it('a bounce that comes twice is told once, and one about nobody’s mail is not ours', async () => {
  const { messageId, returnPath } = await sent();
  await note(bounce({ recipients: [returnPath] }));
  await note(bounce({ recipients: [returnPath] }));
  expect((await service.reportsOf(messageId)).map(({ state }) => state)).toEqual(['SENT', 'FAILED']);
  expect(await note(bounce({ recipients: ['inbox@shop.example'], rfcMessageIds: ['x@y'] }))).toBe(false);
});

it('a forged return path or Message-ID is about no mail of ours', async () => {
  const { messageId, returnPath, rfcMessageId } = await sent();
  const forged = returnPath.replace(/.@/, (end) => (end.startsWith('0') ? '1@' : '0@'));
  const other = rfcMessageId.replace(/.@/, (end) => (end.startsWith('0') ? '1@' : '0@'));
  expect(await note(bounce({ recipients: [forged], rfcMessageIds: [other] }))).toBe(false);
  expect(await service.reportsOf(messageId)).toHaveLength(1);
});
