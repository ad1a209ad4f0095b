import { startBrowser, startNats, startPostgres } from '@conversations/testing';

const onProgress = (line: string) => {
  console.log(`    ${line}`);
};

/** What tests need from the system. A first start fetches what is missing, so that no test waits for it. */
const starts: Record<string, () => Promise<unknown>> = {
  nats: async () => (await startNats({ onProgress })).stop(),
  postgres: async () => (await startPostgres({ onProgress })).stop(),
  browser: async () => (await startBrowser()).close(),
};

async function main(names: string[]): Promise<void> {
  for (const name of names) {
    const start = starts[name];
    if (start === undefined) throw new Error(`usage: start-once ${Object.keys(starts).join(' ')}`);
    await start();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
