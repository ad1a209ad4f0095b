import { z } from 'zod';
import { Dice } from './dice';

const Order = z.object({
  /** How often it happens before it is over; null: until it is taken away. */
  times: z.number().int().positive().nullable().default(null),
  /** Share of the requests that it happens to. */
  share: z.number().min(0).max(1).default(1),
  /** Only for this page. */
  pageId: z.string().optional(),
});

export const FaultOrder = z.discriminatedUnion('kind', [
  /** The message is accepted, then the connection is cut without an answer. */
  Order.extend({ kind: z.literal('accept-then-drop') }),
  /** The message is accepted, then a proxy answers 504. */
  Order.extend({ kind: z.literal('accept-then-504') }),
  /** The message is accepted at once, the answer comes late. */
  Order.extend({ kind: z.literal('slow'), delayMs: z.number().int().positive().default(10_000) }),
  /** Cut before anything is accepted. */
  Order.extend({ kind: z.literal('drop-before') }),
  /** Nothing is accepted; the answer has this status with code 2, or with no JSON at all. */
  Order.extend({
    kind: z.literal('server-error'),
    status: z.number().int().min(500).max(599).default(500),
    html: z.boolean().default(false),
  }),
  /** Nothing is accepted; any error of Graph. */
  Order.extend({
    kind: z.literal('graph-error'),
    code: z.number().int(),
    subcode: z.number().int().optional(),
    status: z.number().int().min(400).max(599).default(400),
    message: z.string().default('Asked for by a test'),
  }),
  /** A delivery whose signature does not fit. */
  Order.extend({ kind: z.literal('bad-signature') }),
  /** A delivery that comes twice. */
  Order.extend({ kind: z.literal('duplicate-delivery') }),
  /** The echo comes before the answer to its send. */
  Order.extend({ kind: z.literal('echo-first') }),
  /** The echo never comes. */
  Order.extend({ kind: z.literal('no-echo') }),
]);
export type FaultKind = z.output<typeof FaultOrder>['kind'];
export type Fault = z.output<typeof FaultOrder> & { id: number; happened: number };

/** Faults that were asked for, in the order in which they were. */
export class Faults {
  private armed: { fault: Fault; dice: Dice }[] = [];
  private count = 0;

  /** @param changed called after each change, also when one happens to a request */
  constructor(
    private readonly seed: number,
    private readonly changed: () => void,
  ) {}

  arm(order: z.input<typeof FaultOrder>): Fault {
    const fault = { ...FaultOrder.parse(order), id: (this.count += 1), happened: 0 };
    this.armed.push({ fault, dice: new Dice(this.seed + 1_000 * fault.id) });
    this.changed();
    return fault;
  }

  disarm(id?: number): void {
    this.armed = id === undefined ? [] : this.armed.filter(({ fault }) => fault.id !== id);
    this.changed();
  }

  list(): readonly Fault[] {
    return this.armed.map(({ fault }) => fault);
  }

  /** The first fault of these kinds that happens now, if one does. */
  strike<K extends FaultKind>(pageId: string | undefined, ...of: K[]): Extract<Fault, { kind: K }> | undefined {
    for (const { fault, dice } of this.armed) {
      if (!isOneOf(fault, of) || (fault.pageId !== undefined && fault.pageId !== pageId)) continue;
      if (!dice.happens(fault.share)) continue;
      fault.happened += 1;
      if (fault.times !== null && fault.happened >= fault.times) this.disarm(fault.id);
      else this.changed();
      return fault;
    }
    return undefined;
  }
}

const isOneOf = <K extends FaultKind>(fault: Fault, of: K[]): fault is Extract<Fault, { kind: K }> =>
  of.some((name) => name === fault.kind);
