import { startNats, startPostgres } from '@conversations/testing';

/** Fetches nats-server when it is missing and makes the database template, so that no test waits for either. */
async function main(): Promise<void> {
  const onProgress = (line: string) => {
    console.log(`    ${line}`);
  };
  const nats = await startNats({ onProgress });
  const postgres = await startPostgres({ onProgress });
  await Promise.all([nats.stop(), postgres.stop()]);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
