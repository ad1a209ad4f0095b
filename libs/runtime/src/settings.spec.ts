import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type SettingsProblem, SettingsError, readSettings } from './settings';
import { CommonSettings, DatabaseSettings } from './settings-shapes';

const folder = mkdtempSync(join(tmpdir(), 'conversations-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (text: string) => {
  const file = join(folder, `secret-${Math.random()}`);
  writeFileSync(file, text);
  return file;
};

const Settings = z.object({
  PORT: z.coerce.number().int().max(65_535).default(3000),
  MODE: z.enum(['off', 'on']),
  TOKEN_SECRET: z.string().min(32),
  SITES: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(z.array(z.strictObject({ id: z.string(), origins: z.array(z.string()) }))),
});
const good = { MODE: 'on', TOKEN_SECRET: 'x'.repeat(32), SITES: '[{"id":"a","origins":[]}]' };

function problemsOf(env: Record<string, string>): readonly SettingsProblem[] {
  try {
    readSettings(Settings, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  throw new Error('the settings were accepted');
}

test('values are read, defaults filled in and other variables ignored', () => {
  expect(readSettings(Settings, { ...good, HOME: '/' })).toEqual({
    PORT: 3000,
    MODE: 'on',
    TOKEN_SECRET: good.TOKEN_SECRET,
    SITES: [{ id: 'a', origins: [] }],
  });
});

test('every problem is told at once, by the name of the variable and the rule', () => {
  const problems = problemsOf({ PORT: '99999', MODE: 'loud', SITES: good.SITES });
  expect(problems.map(({ variable }) => variable)).toEqual(['PORT', 'MODE', 'TOKEN_SECRET']);
  expect(problems[0]?.rule).toContain('65535');
  expect(problems[1]?.rule).toContain('"off"|"on"');
  expect(problems[2]?.rule).toBe('is required');
});

test.each([
  ['a number that is none', { PORT: 'hunter2' }],
  ['an unknown choice', { MODE: 'hunter2' }],
  ['a text that is too short', { TOKEN_SECRET: 'hunter2' }],
  ['a text that is no JSON', { SITES: '{hunter2' }],
  ['a wrong type inside of JSON', { SITES: '[{"id":1,"origins":"hunter2"}]' }],
  ['a name that is not known inside of JSON', { SITES: '[{"id":"a","origins":[],"hunter2":true}]' }],
])('the message never carries the value: %s', (_case, wrong) => {
  const problems = problemsOf({ ...good, ...wrong });
  expect(problems.map(({ variable }) => variable)).toContain(Object.keys(wrong)[0]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

test('an empty value counts as not given', () => {
  expect(readSettings(Settings, { ...good, PORT: '' }).PORT).toBe(3000);
  expect(problemsOf({ ...good, MODE: '' })).toEqual([{ variable: 'MODE', rule: 'is required' }]);
});

test('a secret may come from a file, whose last line break does not belong to it', () => {
  const { TOKEN_SECRET, ...rest } = good;
  const read = readSettings(Settings, { ...rest, TOKEN_SECRET_FILE: fileWith(`${TOKEN_SECRET}\n`) });
  expect(read.TOKEN_SECRET).toBe(TOKEN_SECRET);
});

test('a file that cannot be read and a secret that is given twice are problems', () => {
  const { TOKEN_SECRET, ...rest } = good;
  expect(problemsOf({ ...rest, TOKEN_SECRET_FILE: join(folder, 'none') })).toEqual([
    { variable: 'TOKEN_SECRET_FILE', rule: 'names a file that cannot be read (ENOENT)' },
  ]);
  expect(problemsOf({ ...good, TOKEN_SECRET_FILE: fileWith(TOKEN_SECRET) })).toEqual([
    { variable: 'TOKEN_SECRET', rule: 'is given twice: set either TOKEN_SECRET or TOKEN_SECRET_FILE' },
  ]);
});

test('what several settings have to fulfil together is checked too', () => {
  const schema = z.object({ FROM: z.coerce.number(), TO: z.coerce.number() }).refine(({ FROM, TO }) => FROM < TO, {
    path: ['FROM'],
    error: 'has to be below TO',
  });
  expect(() => readSettings(schema, { FROM: '2', TO: '1' })).toThrow('FROM: has to be below TO');
});

test('a service without any variable but its secrets has the defaults of the local stack', () => {
  const schema = z.object({ ...CommonSettings, ...DatabaseSettings });
  expect(readSettings(schema, { DATABASE_USER: 'gateway_service', DATABASE_PASSWORD: 'p' })).toEqual({
    MANAGEMENT_PORT: 0,
    MANAGEMENT_HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    NATS_URL: 'nats://127.0.0.1:4222',
    DATABASE_HOST: '127.0.0.1',
    DATABASE_PORT: 5432,
    DATABASE_NAME: 'conversations',
    DATABASE_USER: 'gateway_service',
    DATABASE_PASSWORD: 'p',
    DATABASE_POOL: 10,
  });
});
