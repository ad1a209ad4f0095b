import { corrected, shownTags } from './shown-tags';

const tag = (written: string, start: number, value: string | null = null) => ({
  ...{ written, start, value, suggestion: null },
  problem: value === null ? ('NO_VALUE' as const) : null,
});
const checked = (text: string, ...tags: ReturnType<typeof tag>[]) => ({
  text,
  preview: { text, draft: text, tags, offered: [] },
});
const NAME = '{{contact.name}}';

test('tags that keep a reply from being sent are listed each, others once', () => {
  const text = `${NAME} ${NAME} {{agent.name}} {{agent.name}}`;
  const answer = checked(
    text,
    ...[tag(NAME, 0), tag(NAME, 17), tag('{{agent.name}}', 34, 'Amélie'), tag('{{agent.name}}', 49, 'Amélie')],
  );
  const { open, filled } = shownTags(answer, text);
  expect(open.map(({ at }) => at)).toEqual([0, 17]);
  expect(filled).toHaveLength(1);
});

test('while the agent writes on, tags are found at their new place, and those taken out are gone', () => {
  const answer = checked(`Hi ${NAME}, {{a.b}}`, tag(NAME, 3), tag('{{a.b}}', 21));
  expect(shownTags(answer, `Hello ${NAME}, {{a.b`).open.map(({ written, at }) => [written, at])).toEqual([[NAME, 6]]);
  expect(shownTags(answer, 'Hello').open).toEqual([]);
  expect(shownTags(null, NAME).open).toEqual([]);
});

test('a corrected tag keeps its fallback', () => {
  expect(corrected('{{ contact.first_name | there }}', 'contact.firstName')).toBe('{{ contact.firstName | there }}');
});
