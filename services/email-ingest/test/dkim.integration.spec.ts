import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify';
import { type SendingService, startSending } from './sending-service';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;

let service: SendingService;
beforeAll(async () => {
  service = await startSending({
    env: {
      EMAIL_DKIM_DOMAIN: 'shop.example',
      EMAIL_DKIM_SELECTOR: 's1',
      EMAIL_DKIM_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    },
  });
}, 120_000);
afterAll(() => service?.stop(), 60_000);
afterEach(() => (service.catcher.mood = {}));

/** What a receiver makes of the signatures, with our key in its DNS. */
async function verdictsOn(raw: Buffer) {
  const asked: string[] = [];
  const { results } = await dkimVerify(raw, {
    resolver: async (name: string) => {
      asked.push(name);
      return [[record]];
    },
  });
  return { asked, verdicts: results.map(({ status, signingDomain }) => [signingDomain, status.result]) };
}

const sent = async () => {
  const { messageId } = await service.send({ text: 'Grüße, und:\n.eine Zeile mit einem Punkt davor' });
  await service.reported(messageId, 'SENT');
  return service.copies(messageId);
};

it('what goes out bears a signature that the published key verifies', async () => {
  const [mail] = await sent();
  expect(await verdictsOn(mail!.raw)).toEqual({
    asked: ['s1._domainkey.shop.example'],
    verdicts: [['shop.example', 'pass']],
  });
});

it('the signature covers text, subject and recipient', async () => {
  const [mail] = await sent();
  for (const [part, other, verdict] of [
    // mailauth's word for a body that is not the signed one.
    ['mit einem Punkt', 'ohne einen Punkt', 'neutral'],
    ['Subject: ', 'Subject: Paid. ', 'fail'],
    ['To: ', 'To: boss@example.com, ', 'fail'],
  ] as const) {
    const changed = Buffer.from(mail!.raw.toString('latin1').replace(part, other), 'latin1');
    expect(changed.equals(mail!.raw)).toBe(false);
    expect((await verdictsOn(changed)).verdicts).toEqual([['shop.example', verdict]]);
  }
});

it('a second copy after an uncertain send has the same signature', async () => {
  let losses = 0;
  service.catcher.mood = { onData: () => (losses++ === 0 ? 'drop-after-taking' : null) };
  const copies = await sent();
  expect(copies).toHaveLength(2);
  for (const { raw } of copies) expect((await verdictsOn(raw)).verdicts).toEqual([['shop.example', 'pass']]);
  expect(copies[0]!.raw.equals(copies[1]!.raw)).toBe(true);
});
