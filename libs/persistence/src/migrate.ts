import type { DatabaseAdminSettings, Logger } from '@conversations/runtime';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { z } from 'zod';

/** What the role may do with a table beyond SELECT, INSERT and UPDATE. */
export interface Grant {
  table: string;
  privileges: ('DELETE' | 'TRUNCATE')[];
}

export interface MigrateOptions {
  admin: z.output<z.ZodObject<typeof DatabaseAdminSettings>>;
  service: string;
  schema: string;
  /** The role that the service logs in with. */
  role: string;
  /** Without it the role has to exist and is left as it is. */
  rolePassword?: string;
  /** Classes, the shared ones of this library first. */
  migrations: DataSourceOptions['migrations'];
  /** `outbox` needs none: its rows may always be deleted once they are old. */
  grants?: Grant[];
  log?: Logger;
}

const MIGRATIONS_TABLE = 'migrations';
const LOCK = "hashtextextended('conversations:migrate', 0)";
const PLAIN_NAME = /^[a-z][a-z0-9_]{0,62}$/;

async function ensureRoleAndSchema(client: Client, options: MigrateOptions): Promise<void> {
  const role = escapeIdentifier(options.role);
  const schema = escapeIdentifier(options.schema);
  if (options.rolePassword !== undefined) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [options.role]);
    const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${escapeLiteral(options.rolePassword)}`);
  }
  await client.query(`GRANT CONNECT ON DATABASE ${escapeIdentifier(options.admin.DATABASE_NAME)} TO ${role}`);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
}

/** One transaction, so that a service that runs meanwhile never finds itself without its rights. */
async function grantRights(client: Client, { schema: schemaName, role: roleName, grants = [] }: MigrateOptions) {
  const schema = escapeIdentifier(schemaName);
  const role = escapeIdentifier(roleName);
  const { rowCount } = await client.query('SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = $2', [
    schemaName,
    'outbox',
  ]);
  const extra: Grant[] = rowCount === 0 ? grants : [...grants, { table: 'outbox', privileges: ['DELETE'] }];
  const statements = [
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role}, PUBLIC`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`,
    `REVOKE INSERT, UPDATE ON ${schema}.${escapeIdentifier(MIGRATIONS_TABLE)} FROM ${role}`,
    ...extra.map(
      ({ table, privileges }) => `GRANT ${privileges.join(', ')} ON ${schema}.${escapeIdentifier(table)} TO ${role}`,
    ),
  ];
  await client.query('BEGIN');
  try {
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function runMigrations({ admin, schema, service, migrations }: MigrateOptions): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    host: admin.DATABASE_HOST,
    port: admin.DATABASE_PORT,
    username: admin.DATABASE_ADMIN_USER,
    password: admin.DATABASE_ADMIN_PASSWORD,
    database: admin.DATABASE_NAME,
    schema,
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    applicationName: `${service} migrate`,
    installExtensions: false,
    logging: false,
    extra: { options: `-c search_path=${schema}` },
  });
  await dataSource.initialize();
  try {
    return (await dataSource.runMigrations()).map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Brings a service's role, schema, tables and rights to what this release wants; run with an account that may create roles.
 * Any number may run at once, the others wait. The role owns nothing; it can neither delete nor truncate but where `grants` says so.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const { admin, schema, role, service, log } = options;
  for (const name of [schema, role]) {
    if (!PLAIN_NAME.test(name)) throw new Error(`"${name}" is not a plain lower-case name of a schema or role`);
  }
  const client = new Client({
    host: admin.DATABASE_HOST,
    port: admin.DATABASE_PORT,
    user: admin.DATABASE_ADMIN_USER,
    password: admin.DATABASE_ADMIN_PASSWORD,
    database: admin.DATABASE_NAME,
    application_name: `${service} migrate lock`,
    keepAlive: true,
  });
  let lost: unknown;
  client.on('error', (error) => (lost = error));
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await ensureRoleAndSchema(client, options);
    const ran = await runMigrations(options);
    await grantRights(client, options);
    log?.info({ schema, role, migrations: ran }, 'database.migrated');
  } finally {
    if (lost === undefined) await client.end();
  }
}
