import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { needProgram } from './debian-packages';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { type GuardedProcess, keepFolder, lastLines, removeFolderWithParent, spawnGuarded } from './guarded-process';

interface Access {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secret: string;
}

/** An OpenStack Swift of the test's own, on one folder, that speaks S3; with one bucket. */
export interface S3Server extends Access {
  /** How many objects lie on its disk, whatever its lists say. */
  objects(): number;
  /** SIGKILL of the server that clients talk to. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const PROXY = '/usr/bin/swift-proxy-server';
const STORES = ['account', 'container', 'object'] as const;
/** The one for which Debian installs Swift. */
const PYTHON = '/usr/bin/python3';
const BUCKET = 'conversations';

/** Says where each kind of record lies: on the one device there is. */
const RINGS = `
import sys
from swift.common.ring import RingBuilder
folder = sys.argv[1]
for name, port in (pair.split('=') for pair in sys.argv[2:]):
    ring = RingBuilder(4, 1, 1)
    ring.add_dev({'region': 1, 'zone': 1, 'weight': 1, 'device': 'disk', 'ip': '127.0.0.1', 'port': int(port),
                  'replication_ip': '127.0.0.1', 'replication_port': int(port)})
    ring.rebalance()
    ring.get_ring().save(f'{folder}/{name}.ring.gz')
`;

/** As root; Swift is installed when it is missing. */
export async function startS3Server(): Promise<S3Server> {
  await needProgram(PROXY, ['swift-proxy', 'swift-account', 'swift-container', 'swift-object']);
  const folder = mkdtempSync(join(tmpdir(), 'conversations-swift-'));
  removeFolderWithParent(folder);
  const disk = join(folder, 'devices', 'disk');
  mkdirSync(disk, { recursive: true });
  const secret = randomBytes(12).toString('hex');
  const ports = { account: await freePort(), container: await freePort(), object: await freePort() };
  const proxyPort = await freePort();
  const endpoint = `http://127.0.0.1:${proxyPort}`;
  const access = { endpoint, bucket: BUCKET, accessKeyId: 'test:tester', secret };
  const server = (program: string, port: number, sections: string) => {
    const config = join(folder, `${program}.conf`);
    const log = join(folder, `${program}.log`);
    writeFileSync(config, `${defaults(folder, port)}${sections}`);
    return { log, start: () => spawnGuarded(`/usr/bin/swift-${program}-server`, [config, '-v'], { logFile: log }) };
  };
  const running: GuardedProcess[] = [];
  const proxy = server('proxy', proxyPort, proxySections(secret));
  let front: GuardedProcess | undefined;
  const launch = async () => {
    const started = proxy.start();
    front = started;
    await eventually(
      async () => {
        if (!started.isAlive) throw new Error(`Swift ended while starting:\n${lastLines(proxy.log)}`);
        await createBucket(access);
      },
      { timeoutMs: 90_000 },
    );
  };
  const stop = async () => {
    for (const started of [front, ...running]) await started?.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    await keepFolder(folder);
  };
  try {
    const rings = STORES.map((name) => `${name}=${ports[name]}`);
    await promisify(execFile)(PYTHON, ['-c', RINGS, folder, ...rings], { env: { PATH: '/usr/bin:/bin' } });
    for (const name of STORES) running.push(server(name, ports[name], storeSections(name)).start());
    await launch();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...access,
    objects: () =>
      readdirSync(disk, { recursive: true, encoding: 'utf8' }).filter((path) => /^objects\/.*\.data$/.test(path))
        .length,
    async kill() {
      await front?.end('SIGKILL');
    },
    restart: launch,
    stop,
  };
}

const defaults = (folder: string, port: number) => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${userInfo().username}
swift_dir = ${folder}
devices = ${join(folder, 'devices')}
mount_check = false
disable_fallocate = true
`;

const storeSections = (name: (typeof STORES)[number]) => `[pipeline:main]
pipeline = ${name}-server
[app:${name}-server]
use = egg:swift#${name}
`;

/** Signing in asks for a cache, and takes one that never answers. */
const proxySections = (secret: string) => `[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats s3api tempauth copy dlo slo versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${secret} .admin
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
${['catch_errors', 'gatekeeper', 'listing_formats', 's3api', 'copy', 'dlo', 'slo', 'versioned_writes']
  .map((name) => `[filter:${name}]\nuse = egg:swift#${name}\n`)
  .join('')}`;

/** Also when it is there already, which S3 says by an error of its own. */
async function createBucket({ endpoint, bucket, accessKeyId, secret }: Access): Promise<void> {
  // Large, and most tests have no bucket.
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    region: 'us-east-1',
    endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey: secret },
    maxAttempts: 1,
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'BucketAlreadyOwnedByYou')) throw error;
  } finally {
    client.destroy();
  }
}
