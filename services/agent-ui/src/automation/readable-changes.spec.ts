import { lineChanges, readableChanges } from './readable-changes';

const shown = (runs: ReturnType<typeof readableChanges>) =>
  runs.map(({ kind, text }) => (kind === 'removed' ? `[-${text}]` : kind === 'added' ? `[+${text}]` : text)).join('');

test('a small change is shown within its text, another text below the old one', () => {
  expect(shown(readableChanges('We answer within a day.', 'We answer within an hour.'))).toBe(
    'We answer within [-a][+an] [-day.][+hour.]',
  );
  expect(shown(readableChanges('Hello! Somebody will answer here.', 'Write to us, we are fast.'))).toBe(
    '[-Hello! Somebody will answer here.]\n[+Write to us, we are fast.]',
  );
  expect(shown(readableChanges('', 'New.'))).toBe('[+New.]');
});

test('of lists of lines only what went and came is shown', () => {
  expect(shown(lineChanges('Europe/Paris\nMonday 09:00–17:00', 'Europe/Paris\nMonday 10:00–17:00'))).toBe(
    '[-Monday 09:00–17:00]\n[+Monday 10:00–17:00]',
  );
});
