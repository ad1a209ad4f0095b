import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type SelfSigned, selfSigned } from '@conversations/testing';
import { createTransport } from 'nodemailer';
import { INBOX, type InboundService, mail, startInbound } from './inbound-service';

let folder: string;
let certificate: SelfSigned;
let service: InboundService;
let plain: number;
let secured: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'conversations-tls-'));
  certificate = await selfSigned(folder);
  service = await startInbound();
  await service.addReplica({ EMAIL_SMTP_TLS_CERT: certificate.cert, EMAIL_SMTP_TLS_KEY: certificate.key });
  [plain, secured] = [service.smtpPorts[0]!, service.smtpPorts[1]!];
}, 120_000);
afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** What the listener says it can do. */
async function offers(port: number): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  const said: string[] = [];
  try {
    for await (const line of createInterface({ input: socket })) {
      said.push(line.slice(4));
      if (line.startsWith('220 ')) socket.write('EHLO test.example\r\n');
      if (line.startsWith('250 ')) break;
    }
  } finally {
    socket.destroy();
  }
  return said;
}

/** Rejects when the listener offers no TLS, or its certificate is not `ca`. */
async function sendSecured(port: number, subject: string, ca: string): Promise<void> {
  const transport = createTransport({ host: 'localhost', port, requireTLS: true, tls: { ca } });
  try {
    await transport.sendMail({ envelope: { from: 'ann@example.com', to: INBOX }, raw: mail({ Subject: subject }) });
  } finally {
    transport.close();
  }
}

test('with a certificate a client changes to TLS, checks it, and delivers', async () => {
  expect(await offers(secured)).toContain('STARTTLS');
  await sendSecured(secured, 'Over TLS', certificate.cert);
  expect(await service.messageAbout('Over TLS')).toMatchObject({ from: { address: 'ann@example.com' } });
});

test('a client that asks for another certificate delivers nothing', async () => {
  const other = mkdtempSync(join(tmpdir(), 'conversations-tls-'));
  try {
    await expect(sendSecured(secured, 'Trusted', (await selfSigned(other)).cert)).rejects.toThrow(/certificate/);
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

test('without a certificate TLS is not offered, and a client that insists delivers nothing', async () => {
  expect(await offers(plain)).not.toContain('STARTTLS');
  await expect(sendSecured(plain, 'Insisting', certificate.cert)).rejects.toThrow(/STARTTLS/);
});
