import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

interface ComposeService {
  image: string;
  build?: { dockerfile: string; args: { SERVICE: string } };
  command?: string[];
  /** Null: passed on as it is, when it is set. */
  environment: Record<string, string | null>;
  ports?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  healthcheck: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
}

const root = resolve(__dirname, '..', '..', '..');
const source = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const compose = parse(source, { merge: true }) as { version?: string; services: Record<string, ComposeService> };
const services = Object.entries(compose.services).map(([name, service]) => ({ name, service }));
const ours = services.filter(({ service }) => service.build !== undefined);
const jobs = services.filter(({ service }) => service.healthcheck.disable === true).map(({ name }) => name);

/** The demo makes its own; an outgoing mail server may ask for none; files may lie in a folder. */
const MAY_BE_MISSING = new Set(['DEMO_PASSWORD', 'EMAIL_OUT_PASSWORD', 'BLOB_STORE_S3_SECRET']);

test('it has no version and every image that is pulled has an exact tag', () => {
  expect(compose.version).toBeUndefined();
  const pulled = services.filter(({ service }) => service.build === undefined).map(({ service }) => service.image);
  expect(pulled).toHaveLength(2);
  for (const image of pulled) expect(image).toMatch(/^[a-z]+:\d+\.\d+/);
});

test.each(services)('$name says whether it is healthy, or is a job that ends', ({ name, service }) => {
  expect(Array.isArray(service.healthcheck.test)).toBe(!jobs.includes(name));
});

test.each(services)('$name waits for the health of servers and for the success of jobs', ({ service }) => {
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    expect(condition).toBe(jobs.includes(other) ? 'service_completed_successfully' : 'service_healthy');
  }
});

test.each(services)('$name is reached from this machine only', ({ service }) => {
  for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z_]+:-\d+\}:\d+$/);
});

test.each(services)('$name gets its secrets from variables that must be set', ({ service }) => {
  const secrets = Object.entries(service.environment).filter(
    ([name]) => /PASSWORD|SECRET/.test(name) && !MAY_BE_MISSING.has(name),
  );
  for (const [, value] of secrets) expect(value).toMatch(/^"?\$\{[A-Z_]+:\?[^}]+\}"?$/);
});

test.each(ours)(
  '$name is built from the one Dockerfile, for a service that exists, and may change nothing',
  ({ service }) => {
    expect(service.build?.dockerfile).toBe('deploy/docker/service.Dockerfile');
    const folder = join(root, 'services', service.build!.args.SERVICE, 'src');
    expect(existsSync(join(folder, 'main.ts'))).toBe(true);
    if (service.command?.includes('service/migrate.js')) expect(existsSync(join(folder, 'migrate.ts'))).toBe(true);
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
  },
);
