import { emailUnderFaults } from '../email-under-faults';

jest.setTimeout(400_000);

test('mails in and answers by email survive the kill of email-ingest, conversation, broker and database', async () => {
  const verdict = await emailUnderFaults({ seed: 21, replicas: 2, mailsIn: 60, mailsOut: 24 });
  expect(verdict.in).toEqual({ accepted: 60, lost: 0, doubled: 0 });
  expect(verdict.out).toMatchObject({ asked: 24, lost: 0, different: 0 });
  expect(verdict.out.second).toBeLessThanOrEqual(verdict.out.uncertain);
  expect(Object.keys(verdict.faults).length).toBeGreaterThanOrEqual(2);
});
