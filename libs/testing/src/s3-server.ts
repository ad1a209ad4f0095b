import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianBinary } from './debian-binary';
import { eventually } from './eventually';
import { freePort, portIsFree } from './free-port';
import { type GuardedProcess, keepFolder, lastLines, removeFolderWithParent, spawnGuarded } from './guarded-process';

/** An S3-compatible server of the test's own (rclone), with one bucket. */
export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secret: string;
  /** Where it keeps the objects of the bucket. */
  readonly folder: string;
  /** SIGKILL. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const RCLONE = { suite: 'sid', package: 'rclone', path: 'usr/bin/rclone' };

export async function startS3Server(): Promise<S3Server> {
  const program = await debianBinary(RCLONE);
  const scratch = mkdtempSync(join(tmpdir(), 'conversations-s3-'));
  removeFolderWithParent(scratch);
  const bucket = 'blobs';
  mkdirSync(join(scratch, 'data', bucket), { recursive: true });
  const port = await freePort();
  const [accessKeyId, secret] = [randomBytes(10).toString('hex'), randomBytes(20).toString('hex')];
  const logFile = join(scratch, 'log');
  let child: GuardedProcess | undefined;
  const restart = async () => {
    const words = ['serve', 's3', '--addr', `127.0.0.1:${port}`, '--auth-key', `${accessKeyId},${secret}`];
    const started = spawnGuarded(program, [...words, '--config', join(scratch, 'none'), join(scratch, 'data')], {
      logFile,
    });
    child = started;
    await eventually(async () => {
      if (!started.isAlive) throw new Error(`The S3 server ended while starting:\n${lastLines(logFile)}`);
      if (await portIsFree(port)) throw new Error('The S3 server does not listen yet');
    });
  };
  const stop = async () => {
    await child?.end('SIGTERM');
    rmSync(scratch, { recursive: true, force: true });
    await keepFolder(scratch);
  };
  try {
    await restart();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    accessKeyId,
    secret,
    folder: join(scratch, 'data', bucket),
    async kill() {
      await child?.end('SIGKILL');
    },
    restart,
    stop,
  };
}
