import fc from 'fast-check';
import { couldBecome, resolveTags, TAG_NAMES, type TagValues } from './reply-tags';
import { firstNameOf, shownValue } from './tag-values';

const TOM: TagValues = {
  'contact.firstName': 'Tom',
  'contact.name': 'Tom Okafor',
  'contact.company': null,
  'contact.email': 'tom@example.com',
  'agent.firstName': 'Amélie',
  'agent.name': 'Amélie Laurent',
};
const sent = (text: string, values = TOM) => resolveTags(text, values).text;
const problems = (text: string) =>
  resolveTags(text, TOM).tags.flatMap(({ written, problem }) => (problem === null ? [] : [[written, problem]]));

test.each([
  ['Hi {{contact.firstName}}, {{agent.name}} here', 'Hi Tom, Amélie Laurent here'],
  ['{{ contact.firstName }} {{Contact.FirstName}} {{\u00a0contact.firstname|x }}', 'Tom Tom Tom'],
  ['at {{contact.company|your company}}', 'at your company'],
  ['at {{contact.company| the | sign }}!', 'at the | sign!'],
  ['Hello{{contact.company|}}!', 'Hello!'],
  ['{{contact.firstName}}{{contact.firstName}}', 'TomTom'],
])('%j is sent as %j', (text, expected) => {
  expect(resolveTags(text, TOM)).toMatchObject({ text: expected, draft: expected });
  expect(problems(text)).toEqual([]);
});

test.each([
  '{a} {{b}} {{ handlebars }} {{#each users}} {{/each}} {{> part}} {{{raw}}} {{}} {{|there}}',
  '{{contact.firstName',
  '{{contact.\nfirstName}} {{contact.firstName|a\nb}}',
  '{{contact firstName}} {{contact.}} {{.name}} {{1.2}} {{contact.firstName|{x}}}',
  'C:\\{dir} \\\\server\\share \\',
  'const style = {{ color: "red" }};',
])('braces that are no tag stay text: %j', (text) => {
  expect(resolveTags(text, TOM)).toEqual({ text, draft: text, tags: [] });
});

test('a tag without a value and without a fallback is told, with its place', () => {
  expect(resolveTags('At {{contact.company}}', TOM)).toEqual({
    text: 'At {{contact.company}}',
    draft: 'At {{contact.company}}',
    tags: [{ written: '{{contact.company}}', start: 3, value: null, problem: 'NO_VALUE', suggestion: null }],
  });
});

test.each([
  ['{{contact.frstName}}', 'contact.firstName'],
  ['{{contact.first_name|there}}', 'contact.firstName'],
  ['{{contct.company}}', 'contact.company'],
  ['{{visitor.email}}', 'contact.email'],
  ['{{customer.Name}}', 'contact.name'],
  ['{{agent.phone.mobile}}', null],
])('%s is no tag that exists: %s was perhaps meant', (text, suggestion) => {
  expect(resolveTags(text, TOM).tags).toMatchObject([{ problem: 'UNKNOWN', value: null, suggestion }]);
});

test('a backslash makes a tag text, two are a backslash', () => {
  expect(sent('\\{{contact.name}}')).toBe('{{contact.name}}');
  expect(sent('\\\\{{contact.name}}')).toBe('\\Tom Okafor');
  expect(sent('\\\\\\{{product.title}}')).toBe('\\{{product.title}}');
  expect(problems('\\{{product.title}}')).toEqual([]);
});

test('what a name says of itself is never resolved, also when the reply is edited further', () => {
  const values = { ...TOM, 'contact.name': '{{agent.name}}', 'contact.firstName': '\\' };
  const { text, draft } = resolveTags('{{contact.name}} {{contact.firstName}}{{contact.company}}', values);
  expect(text).toBe('{{agent.name}} \\{{contact.company}}');
  expect(sent(draft, values)).toBe(text);
  expect(resolveTags(draft, values).tags).toMatchObject([{ written: '{{contact.company}}', problem: 'NO_VALUE' }]);
});

test('for nobody in particular only tags that do not exist are a problem', () => {
  expect(resolveTags('{{contact.company}} {{contact.compny}}', null).tags).toMatchObject([
    { value: null, problem: null },
    { problem: 'UNKNOWN', suggestion: 'contact.company' },
  ]);
});

test('a name of any length has an answer', () => {
  expect(resolveTags(`{{${'a'.repeat(9_000)}.b}}`, TOM).tags).toMatchObject([{ problem: 'UNKNOWN', suggestion: null }]);
});

test('the longest text of braces and backslashes takes no time', () => {
  const began = performance.now();
  for (const piece of ['{', '{{', '\\', '{{a.', '{{a.b|', '{{contact.name}}', '\\{{a.b}}', '{{a-b'])
    couldBecome(piece.repeat(Math.floor(20_000 / piece.length)), sent(piece.repeat(Math.floor(20_000 / piece.length))));
  expect(performance.now() - began).toBeLessThan(1_000);
});

const piece = fc.oneof(
  fc.constantFrom('{', '}', '{{', '}}', '\\', '|', ' ', '\n', 'a', 'é😀', '.', 'contact.', 'name', 'agent.name'),
  fc.constantFrom(...TAG_NAMES, 'contact.nope').map((name) => `{{${name}}}`),
  fc.constantFrom(...TAG_NAMES, 'a.b').map((name) => `{{ ${name} | there}}`),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const value = fc.option(text.map((written) => shownValue(written)));
const values: fc.Arbitrary<TagValues> = fc.record({
  'contact.firstName': value,
  'contact.name': value,
  'contact.company': value,
  'contact.email': value,
  'agent.firstName': value,
  'agent.name': value,
});
const always = (property: (written: string, known: TagValues, others: TagValues) => void) => {
  fc.assert(fc.property(text, values, values, property), { numRuns: 500 });
};

test('a value only ever stands where its tag stood, whatever it is', () => {
  always((written, known) => {
    const marks = Object.fromEntries(
      TAG_NAMES.map((name, index) => [name, known[name] === null ? null : String.fromCodePoint(0xe000 + index)]),
    ) as TagValues;
    const expected = Array.from(sent(written, marks), (one) => known[TAG_NAMES[one.codePointAt(0)! - 0xe000]!] ?? one);
    expect(sent(written, known)).toBe(expected.join(''));
  });
});

test('a draft that is sent gives the text that was shown, and has the same unresolved tags', () => {
  always((written, known) => {
    const { text: shown, draft, tags } = resolveTags(written, known);
    const again = resolveTags(draft, known);
    expect(again.text).toBe(shown);
    expect(again.draft).toBe(draft);
    const open = tags.filter(({ problem }) => problem !== null).map((tag) => [tag.written, tag.problem]);
    expect(again.tags.map((tag) => [tag.written, tag.problem])).toEqual(open);
  });
});

test('a draft without unresolved tags means the same for everybody and ever after', () => {
  always((written, known, others) => {
    const { text: shown, draft, tags } = resolveTags(written, known);
    fc.pre(tags.every(({ problem }) => problem === null));
    expect(sent(draft.trim(), others).trim()).toBe(shown.trim());
  });
});

test('a text is known again by what it became, and is not by a text with other words', () => {
  always((written, known) => {
    const stored = sent(written, known).trim();
    expect(couldBecome(written, stored)).toBe(true);
  });
  expect(couldBecome('Hi {{contact.name}}!', 'Hi Tom!')).toBe(true);
  expect(couldBecome('Hi {{contact.name}}!', 'Hi Tom?')).toBe(false);
  expect(couldBecome('Hi {{contact.name}}!', 'Oh, Hi Tom!')).toBe(false);
  expect(couldBecome('Hi', 'Hi Tom')).toBe(false);
});

test.each([
  ['Ann', 'Ann'],
  ['Ann Okafor', 'Ann'],
  ['Okafor, Ann Mary', 'Ann'],
  ['J. Smith', null],
  ['J Smith', null],
  ['Dr. Ann Okafor', null],
  ['ann@example.com', null],
])('the first name of %s is %s', (name, expected) => {
  expect(firstNameOf(name)).toBe(expected);
});

test.each([
  ['Tom\r\nBcc: all@example.com', 'Tom Bcc: all@example.com'],
  [' Tom\u2028\u0007 Okafor ', 'Tom Okafor'],
  ['\u202eTom', 'Tom'],
  [' \n', null],
  [null, null],
])('%j is put in as %j', (given, expected) => {
  expect(shownValue(given)).toBe(expected);
});
