import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = resolve(__dirname, '..', '..', '..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

/** Variables of .env.example; one that is commented out shows its default. */
const described = [...text('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);

/** The zod objects that a service's config.ts exports: what the process and its migrate step read. */
const settings = globSync('services/*/src/config.ts', { cwd: root }).flatMap((file) => {
  const service = file.split('/')[1]!;
  const exported = jest.requireActual<Record<string, unknown>>(join(root, file));
  return Object.entries(exported).flatMap(([name, schema]) =>
    schema instanceof z.ZodObject ? [{ name, service, variables: Object.keys(schema.shape) }] : [],
  );
});

test.each(settings)('.env.example describes every variable of $name', ({ variables }) => {
  expect(described).toEqual(expect.arrayContaining(variables));
});

const compose = parse(text('docker-compose.yml'), { merge: true }) as {
  services: Record<string, { environment: object }>;
};

test.each(settings.filter(({ name }) => name !== 'MigrateSettings'))(
  'docker compose passes every variable of $name on, so that what stands in .env counts',
  ({ service, variables }) => {
    // The image sets the port that its health is asked at.
    const wanted = variables.filter((name) => !name.startsWith('MANAGEMENT_'));
    expect(Object.keys(compose.services[service]!.environment)).toEqual(expect.arrayContaining(wanted));
  },
);

test('every service reads its settings from an object that its config.ts exports', () => {
  const services = globSync('services/*/src/main.ts', { cwd: root });
  expect(settings.length).toBeGreaterThanOrEqual(services.length);
});

test('.env.example describes nothing that nobody reads', () => {
  const readers = ['docker-compose.yml', 'deploy/local/local-settings.ts', 'libs/runtime/src/telemetry.ts'];
  const read = new Set([
    ...settings.flatMap(({ variables }) => variables),
    ...readers.flatMap((file) => text(file).match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g) ?? []),
  ]);
  expect(described.filter((name) => !read.has(name))).toEqual([]);
});

test('no variable is described twice', () => {
  expect(described.filter((name, index) => described.indexOf(name) !== index)).toEqual([]);
});

test('a secret has no value in .env.example', () => {
  const secrets = [...text('.env.example').matchAll(/^#?([A-Z0-9_]*(?:PASSWORD|SECRET))=(.*)$/gm)];
  expect(secrets.map(([, , value]) => value)).toEqual(secrets.map(() => ''));
});
