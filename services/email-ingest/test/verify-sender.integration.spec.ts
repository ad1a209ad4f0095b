import { generateKeyPairSync } from 'node:crypto';
import { type DnsServer, startDnsServer } from '@conversations/testing';
import { createTransport } from 'nodemailer';
import { INBOX, type InboundService, mail, sendRaw, startInbound } from './inbound-service';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

let dns: DnsServer;
let service: InboundService;
beforeAll(async () => {
  dns = await startDnsServer({
    's1._domainkey.bank.example': `v=DKIM1; k=rsa; p=${key}`,
    '_dmarc.bank.example': 'v=DMARC1; p=reject',
  });
  service = await startInbound({ EMAIL_VERIFY: 'on', EMAIL_VERIFY_DNS: dns.address });
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await dns?.stop();
}, 60_000);

/** A mail as the domain's own server signs it. */
async function signed(from: string, subject: string): Promise<string> {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    dkim: {
      domainName: 'bank.example',
      keySelector: 's1',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    },
  });
  const { message } = await transport.sendMail({ from, to: INBOX, subject, text: 'Please pay 10 to Ann.' });
  return (message as Buffer).toString();
}

const verdictOn = async (raw: string, subject: string) => {
  await sendRaw(service.smtpPorts[0]!, raw);
  return (await service.messageAbout(subject)).authentication;
};

test('a mail that its domain signed is verified', async () => {
  expect(await verdictOn(await signed('pay@bank.example', 'Signed'), 'Signed')).toBe('PASS');
});

test('the same with a changed body is forged', async () => {
  const changed = (await signed('pay@bank.example', 'Changed')).replace('10 to Ann', '10000 to Bob');
  expect(await verdictOn(changed, 'Changed')).toBe('FAIL');
});

test('a mail in the name of that domain without its signature, or with that of another, is forged', async () => {
  expect(await verdictOn(mail({ From: 'pay@bank.example', Subject: 'Unsigned' }), 'Unsigned')).toBe('FAIL');
  const foreign = (await signed('pay@bank.example', 'Foreign')).replaceAll('d=bank.example', 'd=elsewhere.example');
  expect(await verdictOn(foreign, 'Foreign')).toBe('FAIL');
});

test('nothing is said of a domain that says nothing, nor of a mail that did not come over SMTP', async () => {
  expect(await verdictOn(mail({ Subject: 'Says nothing' }), 'Says nothing')).toBe('NONE');
  await service.post(mail({ From: 'pay@bank.example', Subject: 'By HTTP' }));
  expect((await service.messageAbout('By HTTP')).authentication).toBe('NONE');
});

test('a header in the mail that says it was verified counts for nothing', async () => {
  const claims = 'bank.example; dmarc=pass header.from=bank.example';
  const raw = mail({ From: 'pay@bank.example', Subject: 'Claims', 'Authentication-Results': claims });
  expect(await verdictOn(raw, 'Claims')).toBe('FAIL');
});

test('while the DNS is silent mail is taken all the same, unverified', async () => {
  await dns.stop();
  expect(await verdictOn(await signed('pay@bank.example', 'No DNS'), 'No DNS')).toBe('NONE');
}, 60_000);
