import { personName } from './person-name';

test.each([
  ['Tom Okafor', true, 'Tom'],
  ['Visitor 4F2A', false, 'Visitor 4F2A'],
  ['acme-billing@acme.test', true, 'acme-billing@acme.test'],
  ['Dr. Weber', true, 'Dr. Weber'],
  ['J R Miller', true, 'J R Miller'],
  ['李雷', true, '李雷'],
])('%s (known: %s) is called %s', (title, isKnown, name) => {
  expect(personName(title, isKnown)).toBe(name);
});
