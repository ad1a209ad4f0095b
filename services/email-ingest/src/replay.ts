import { openDataSource } from '@conversations/persistence';
import { createLogger, readSettings } from '@conversations/runtime';
import { ReplaySettings } from './config';
import { emailDataSource } from './data-source';

const USAGE = `replay.js <raw id …>  or  replay.js set-aside | incomplete
Works again on mails that were set aside or could not be displayed completely; the running service does it.`;

/** Lets the running service take up mails once more; prints how many. */
async function run(wanted: string[]): Promise<void> {
  const settings = readSettings(ReplaySettings);
  const log = createLogger('email-ingest-replay', { level: settings.LOG_LEVEL });
  const states = wanted.flatMap((word) => ({ 'set-aside': 'SET_ASIDE', incomplete: 'INCOMPLETE' })[word] ?? []);
  const ids = wanted.filter((word) => /^[0-9a-f]{64}$/.test(word));
  if (wanted.length === 0 || states.length + ids.length !== wanted.length) throw new Error(USAGE);
  const dataSource = await openDataSource(emailDataSource(settings, log), log);
  try {
    const [rows] = await dataSource.query<[unknown[], number]>(
      `UPDATE raw_mail SET state = 'ACCEPTED', attempts = 0, due_at = clock_timestamp(), is_replay = true
       WHERE state IN ('SET_ASIDE', 'INCOMPLETE') AND (id = ANY($1) OR state = ANY($2)) RETURNING id`,
      [ids, states],
    );
    log.info({ mails: rows.length }, 'mail.replayed');
  } finally {
    await dataSource.destroy();
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  createLogger('email-ingest-replay').fatal({ err: error }, 'replay.failed');
  process.exitCode = 1;
});
