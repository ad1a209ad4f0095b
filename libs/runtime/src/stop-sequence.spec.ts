import { createLogger } from './logger';
import { StopSequence } from './stop-sequence';

test('what was begun last ends first, and neither a failure nor a hang keeps the rest from ending', async () => {
  const lines: string[] = [];
  const ended: string[] = [];
  const log = createLogger('sample', { level: 'info', destination: { write: (line) => void lines.push(line) } });
  const sequence = new StopSequence(log)
    .add('first', () => void ended.push('first'))
    .add('hangs', () => new Promise(() => undefined), { timeoutMs: 20 })
    .add('fails', () => Promise.reject(new Error('no')))
    .add('last', async () => void ended.push('last'));
  await sequence.run();
  expect(ended).toEqual(['last', 'first']);
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ event: 'stop.failed', name: 'fails' }),
    expect.objectContaining({ event: 'stop.timed-out', name: 'hangs' }),
  ]);
});
