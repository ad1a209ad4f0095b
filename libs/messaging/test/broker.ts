import { defineCommand, defineEvent, defineInbound, defineLive } from '@conversations/contracts';
import { type NatsServer, startNats } from '@conversations/testing';
import type { Metrics } from '@conversations/runtime';
import { z } from 'zod';
import { Messaging } from '../src/index';

const Step = z.object({ key: z.string(), n: z.number().int() });
const documented = { summary: 'A step of a test.', example: { key: 'a', n: 1 } };

export const StepTaken = defineEvent('test.step-taken.v1', Step, documented);
export const StepReceived = defineInbound('test.step-received.v1', Step, documented);
export const TakeStep = defineCommand('test.take-step.v1', Step, documented);
export const Stepping = defineLive('test.stepping.v1', Step, documented);

/** A log that remembers, so that a test can ask what was told. */
export class Told {
  readonly lines: { level: string; fields: object; event: string }[] = [];
  private readonly keep = (level: string) => (fields: object, event: string) => {
    this.lines.push({ level, fields, event });
  };
  readonly debug = this.keep('debug');
  readonly info = this.keep('info');
  readonly warn = this.keep('warn');
  readonly error = this.keep('error');

  events(): string[] {
    return this.lines.map(({ event }) => event);
  }
}

/** One real server and the processes' connections to it, all closed at the end. */
export class Broker {
  private readonly open: Messaging[] = [];

  private constructor(readonly server: NatsServer) {}

  static async start(): Promise<Broker> {
    return new Broker(await startNats());
  }

  async connect(name = 'test', log = new Told(), metrics?: Metrics): Promise<Messaging> {
    const messaging = await Messaging.connect({
      servers: this.server.url,
      name,
      log,
      ...(metrics === undefined ? {} : { metrics }),
    });
    this.open.push(messaging);
    return messaging;
  }

  async stop(): Promise<void> {
    await Promise.all(this.open.map((messaging) => messaging.drain()));
    await this.server.stop();
  }
}
