import {
  freePort,
  startBrowser,
  startDnsServer,
  startImapServer,
  startMailRelay,
  startNats,
  startPostgres,
  startS3Server,
} from '@conversations/testing';

const onProgress = (line: string) => {
  console.log(`    ${line}`);
};

/** What tests need from the system. A first start fetches what is missing, so that no test waits for it. */
const starts: Record<string, () => Promise<unknown>> = {
  nats: async () => (await startNats({ onProgress })).stop(),
  postgres: async () => (await startPostgres({ onProgress })).stop(),
  imap: async () => (await startImapServer()).stop(),
  relay: async () => (await startMailRelay({ next: await freePort() })).stop(),
  dns: async () => (await startDnsServer({})).stop(),
  s3: async () => (await startS3Server()).stop(),
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
