import { parentPort } from 'node:worker_threads';
import { parseMail, scanMail } from './parse-mail';
import type { ParsedMail, ParseOptions } from './parsed-mail';

/** What the pool asks: `scan` leaves the parser out, for a mail that was too much for it. */
export interface ParseTask {
  id: number;
  raw: Uint8Array;
  options: ParseOptions;
  scan: string | null;
}

/** Instead of a task's number: the thread has loaded what it needs. */
export const READY = 0;

export type ParseAnswer = { id: 0 } | { id: number; mail: ParsedMail } | { id: number; error: string };

parentPort?.postMessage({ id: READY } satisfies ParseAnswer);

/** The thread that reads mails, one at a time; whoever started it ends it when it takes too long. */
parentPort?.on('message', ({ id, raw, options, scan }: ParseTask) => {
  // Its own copy: not everything that reads bytes takes shared ones.
  const bytes = Buffer.from(raw);
  const read = async () => (scan === null ? parseMail(bytes, options) : scanMail(bytes, options, scan));
  read().then(
    (mail) =>
      parentPort?.postMessage(
        { id, mail } satisfies ParseAnswer,
        mail.files.map(({ content }) => content.buffer as ArrayBuffer),
      ),
    (error: unknown) =>
      parentPort?.postMessage({
        id,
        error: error instanceof Error ? error.message : String(error),
      } satisfies ParseAnswer),
  );
});
