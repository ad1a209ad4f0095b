// Lints forbidden imports as if they stood in the projects' own files, with the configuration of the repository:
// the rules that keep the boundaries must report each of them. Nothing is written to disk.
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';

const root = resolve(import.meta.dirname, '..', '..', '..');
const BOUNDARIES = '@nx/enforce-module-boundaries';
const IMPORTS = '@typescript-eslint/no-restricted-imports';

const sourceOf = (project) => {
  const [file] = globSync(`${project}/{src/,}*.ts`, { cwd: root, exclude: ['**/*.spec.ts'] }).sort();
  if (file === undefined) throw new Error(`${project} has no source file to try the rule in`);
  return file;
};

const forbidden = [
  ['a contract imports the platform', 'libs/contracts', '@conversations/runtime', BOUNDARIES],
  ['a contract imports a package other than zod', 'libs/contracts', 'pg', BOUNDARIES],
  ['the platform imports testing', 'libs/messaging', '@conversations/testing', BOUNDARIES],
  ['messaging imports persistence', 'libs/messaging', '@conversations/persistence', BOUNDARIES],
  ['a service imports testing', 'services/conversation', '@conversations/testing', BOUNDARIES],
  ['a service imports another service', 'services/conversation', '../../chat-gateway/src/config', BOUNDARIES],
  [
    'a service imports the Messenger simulator',
    'services/messenger-connector',
    '@conversations/graph-simulator',
    BOUNDARIES,
  ],
  ['the stack imports a service', 'deploy/local', '../../services/conversation/src/config', BOUNDARIES],
  ['the widget imports the platform', 'libs/chat-widget', '@conversations/runtime', BOUNDARIES],
  ['a service imports the NATS client', 'services/conversation', 'nats', IMPORTS],
  ['testing imports the NATS client', 'libs/testing', 'nats', IMPORTS],
];
const allowed = [
  ['a service imports a contract', 'services/conversation', '@conversations/contracts'],
  ['the stack imports testing', 'deploy/local', '@conversations/testing'],
  ['messaging imports the NATS client', 'libs/messaging', 'nats'],
];

const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) => ruleId === BOUNDARIES || ruleId === IMPORTS,
  // Neither rule asks for types, which take longer to make than everything else here.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});
const rulesBrokenBy = async (project, imported) => {
  const code = `import * as imported from '${imported}';\nexport const names = Object.keys(imported);\n`;
  const [result] = await eslint.lintText(code, { filePath: join(root, sourceOf(project)) });
  return result.messages.map(({ ruleId, message }) => ruleId ?? message);
};

let failed = 0;
const report = (name, asExpected, broken) => {
  if (!asExpected) failed += 1;
  console.log(`${asExpected ? 'ok    ' : 'FAILED'}  ${name}: ${broken.join(', ') || 'no rule reports it'}`);
};
for (const [name, project, imported, rule] of forbidden) {
  const broken = await rulesBrokenBy(project, imported);
  report(name, broken.includes(rule), broken);
}
for (const [name, project, imported] of allowed) {
  const broken = await rulesBrokenBy(project, imported);
  report(name, broken.length === 0, broken);
}
process.exitCode = failed === 0 ? 0 : 1;
