// npm run migration -- <service> <Name>: makes a migration of a service from the template below.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');
const [service = '', name = ''] = process.argv.slice(2);

const fail = (reason) => {
  console.error(`${reason}\nusage: npm run migration -- <service> <Name>, for example conversation AddContactLanguage`);
  process.exit(1);
};
const source = join(root, 'services', service, 'src');
if (!/^[a-z][a-z-]*$/.test(service) || !existsSync(join(source, 'migrate.ts'))) {
  fail(`"${service}" is no service with a database.`);
}
if (!/^([A-Z][a-z0-9]*)+$/.test(name)) fail(`"${name}" is not in PascalCase.`);

const at = Date.now();
const kebab = name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
const file = join(source, 'migrations', `${at}-${kebab}.ts`);
mkdirSync(join(source, 'migrations'), { recursive: true });
writeFileSync(
  file,
  `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${name}Migration implements MigrationInterface {
  readonly name = '${name}${at}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(\`\`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(\`\`);
  }
}
`,
  { flag: 'wx' },
);
console.log(`${relative(root, file)}: write its SQL, then add ${name}Migration to the list in src/migrate.ts.`);
