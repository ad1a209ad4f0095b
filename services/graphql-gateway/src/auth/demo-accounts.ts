import { Database } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import type { Role } from './agent';
import type { Passwords } from './password';

const ACCOUNTS: { email: string; name: string; role: Role }[] = [
  { email: 'amelie@example.test', name: 'Amélie Laurent', role: 'AGENT' },
  { email: 'tom@example.test', name: 'Tom Becker', role: 'AGENT' },
  { email: 'vera@example.test', name: 'Vera Novak', role: 'VIEWER' },
  { email: 'admin@example.test', name: 'Alex Admin', role: 'ADMIN' },
];

/** Makes the four demo accounts, or gives those that exist the password of this start. */
export async function seedDemoAccounts(database: Database, passwords: Passwords, password: string): Promise<void> {
  for (const account of ACCOUNTS) {
    const hash = await passwords.hash(password);
    await database.transaction((tx) =>
      tx.query(
        `INSERT INTO agent (id, email, display_name, password_hash, role) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash`,
        [newId('agt'), account.email, account.name, hash, account.role],
      ),
    );
  }
}
