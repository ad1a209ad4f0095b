import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { needProgram } from './debian-packages';

export interface SelfSigned {
  certFile: string;
  keyFile: string;
  /** PEM. */
  cert: string;
  key: string;
}

/** A certificate for localhost that vouches for itself, valid for two days, as files in `folder`. */
export async function selfSigned(folder: string): Promise<SelfSigned> {
  const openssl = await needProgram('/usr/bin/openssl', ['openssl']);
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-x509', '-days', '2', '-nodes', '-newkey', 'rsa:2048'];
  await promisify(execFile)(openssl, ['req', ...kind, ...names, '-keyout', keyFile, '-out', certFile]);
  return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}
