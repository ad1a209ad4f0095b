import { createLogger } from './logger';
import { nestLogger } from './nest-logger';

function capture(level = 'info') {
  const lines: string[] = [];
  const log = createLogger('sample', { level, destination: { write: (line: string) => void lines.push(line) } });
  return {
    log,
    text: () => lines.join(''),
    parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

test('a line is JSON with the service, the level by name, an event name and the fields', () => {
  const { log, parsed } = capture();
  log.info({ lane: 3 }, 'lane.acquired');
  expect(parsed()).toEqual([
    expect.objectContaining({ level: 'info', service: 'sample', event: 'lane.acquired', lane: 3, pid: process.pid }),
  ]);
});

test('lines below the level are not written', () => {
  const { log, text } = capture('warn');
  log.info({}, 'quiet');
  expect(text()).toBe('');
});

test('passwords, tokens and cookies are redacted also inside of other objects', () => {
  const { log, text } = capture();
  log.info(
    {
      password: 'hunter2',
      request: { headers: { cookie: 'session=hunter2', authorization: 'Bearer hunter2', 'set-cookie': 'hunter2' } },
      settings: { CHAT_TOKEN_SECRET: 'hunter2', DATABASE_PASSWORD: 'hunter2' },
      visitor: { token: 'hunter2' },
    },
    'sample',
  );
  expect(text()).toContain('[redacted]');
  expect(text()).not.toContain('hunter2');
});

test('an error is told by name, message, stack, code and cause, without the parameters of a query', () => {
  const { log, text, parsed } = capture();
  const error = Object.assign(new Error('duplicate key', { cause: new Error('first') }), {
    code: '23505',
    constraint: 'message_key',
    query: 'INSERT',
    parameters: ['what a visitor wrote'],
    detail: 'Key (text)=(what a visitor wrote) already exists.',
  });
  log.error({ err: error }, 'sample');
  expect(parsed()[0]?.['err']).toEqual(
    expect.objectContaining({
      type: 'Error',
      message: 'duplicate key',
      code: '23505',
      constraint: 'message_key',
      cause: expect.objectContaining({ message: 'first' }) as unknown,
    }),
  );
  expect(text()).not.toContain('what a visitor wrote');
});

test('what Nest says becomes lines of the same log', () => {
  const { log, parsed } = capture();
  const nest = nestLogger(log);
  nest.log('Mapped {/health, GET} route', 'RouterExplorer');
  nest.error('It broke', 'Error: It broke\n    at here', 'ExceptionsHandler');
  expect(parsed()).toEqual([
    expect.objectContaining({
      level: 'error',
      event: 'nest',
      detail: 'It broke',
      context: 'ExceptionsHandler',
      stack: expect.stringContaining('at here') as unknown,
    }),
  ]);
});
