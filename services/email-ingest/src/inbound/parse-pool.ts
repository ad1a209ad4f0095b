import type { Logger } from '@conversations/runtime';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ParseAnswer, ParseTask } from './parse-worker';
import type { ParsedMail, ParseOptions } from './parsed-mail';

/** A mail that could not be parsed: the parser failed, took too long or too much memory. */
export class ParseFailed extends Error {}

export interface ParseLimits {
  threads: number;
  timeoutMs: number;
  memoryMb: number;
  /** The built parse-worker.js; the one beside this file when not given. */
  workerFile?: string;
}

interface Job {
  task: Omit<ParseTask, 'id'>;
  resolve: (mail: ParsedMail) => void;
  reject: (error: Error) => void;
}

/**
 * Threads that read mails, so that none holds up the process. One that does not answer in time, or runs out of memory, is ended and
 * replaced; only the mail it had is affected.
 */
export class ParsePool {
  private readonly threads: Thread[] = [];
  private readonly waiting: Job[] = [];
  private stopped = false;

  constructor(
    private readonly limits: ParseLimits,
    private readonly log: Logger,
  ) {
    for (let index = 0; index < limits.threads; index += 1) this.threads.push(new Thread(limits, log));
  }

  /** Resolves when every thread has loaded. */
  async loaded(): Promise<void> {
    await Promise.all(this.threads.map(({ ready }) => ready));
  }

  /** Throws {@link ParseFailed}. */
  parse(raw: Uint8Array, options: ParseOptions): Promise<ParsedMail> {
    return this.run({ raw, options, scan: null });
  }

  /** Header and first text only; `reason` is why. */
  scan(raw: Uint8Array, options: ParseOptions, reason: string): Promise<ParsedMail> {
    return this.run({ raw, options, scan: reason });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const { reject } of this.waiting.splice(0)) reject(new Error('the parser stops'));
    await Promise.all(this.threads.map((thread) => thread.stop()));
    this.log.debug({}, 'parser.stopped');
  }

  private run(task: Omit<ParseTask, 'id'>): Promise<ParsedMail> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    const thread = this.threads.find(({ isBusy }) => !isBusy);
    const job = thread && !this.stopped ? this.waiting.shift() : undefined;
    if (!thread || !job) return;
    thread
      .run(job.task)
      .then(job.resolve, job.reject)
      .finally(() => this.next());
  }
}

/** One thread after another: each lives until a mail was too much for it, and the next one loads meanwhile. */
class Thread {
  private worker: Worker | null = null;
  ready: Promise<void> = Promise.resolve();
  private tasks = 0;
  private stopped = false;
  isBusy = false;

  constructor(
    private readonly limits: ParseLimits,
    private readonly log: Logger,
  ) {
    this.begin();
  }

  async run(task: Omit<ParseTask, 'id'>): Promise<ParsedMail> {
    this.isBusy = true;
    try {
      // Loading takes longer than most mails, and no mail is to blame for it.
      await this.ready;
      const worker = this.worker ?? this.begin();
      await this.ready;
      return await this.ask(worker, { ...task, id: (this.tasks += 1) });
    } finally {
      this.isBusy = false;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.worker?.terminate();
  }

  private ask(worker: Worker, task: ParseTask): Promise<ParsedMail> {
    const { timeoutMs } = this.limits;
    return new Promise<ParsedMail>((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
        this.watch(worker);
        settle();
      };
      const fail = (reason: string) =>
        end(() => {
          this.log.warn({ reason }, 'parser.replaced');
          void worker.terminate();
          if (!this.stopped) this.begin();
          reject(new ParseFailed(reason));
        });
      const timer = setTimeout(() => fail(`took more than ${timeoutMs} ms`), timeoutMs);
      worker.once('error', (error: Error) => fail(error.message));
      worker.once('exit', () => fail('the thread ended'));
      worker.on('message', (answer: ParseAnswer) => {
        if (answer.id !== task.id) return;
        if ('mail' in answer) end(() => resolve(answer.mail));
        else if ('error' in answer) end(() => reject(new ParseFailed(answer.error)));
      });
      worker.postMessage(task);
    });
  }

  private begin(): Worker {
    const { memoryMb, workerFile = join(__dirname, 'parse-worker.js') } = this.limits;
    const worker = new Worker(workerFile, {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 },
      // No setting and no secret is any business of code that reads what strangers write.
      env: {},
    });
    worker.unref();
    this.worker = worker;
    this.ready = new Promise((resolve) => {
      worker.once('message', () => resolve());
      worker.once('exit', () => resolve());
    });
    this.watch(worker);
    return worker;
  }

  /** Between two mails nothing is expected of it; one that ends then is begun again with the next mail. */
  private watch(worker: Worker): void {
    const forget = () => {
      if (this.worker === worker) this.worker = null;
    };
    worker.on('error', (error: Error) => {
      this.log.warn({ reason: error.message }, 'parser.failed');
      forget();
    });
    worker.on('exit', forget);
  }
}
