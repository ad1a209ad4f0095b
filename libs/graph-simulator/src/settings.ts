import { z } from 'zod';

/** Meta's ids are digits, longer than a JavaScript number holds. */
const Id = z.string().regex(/^\d{1,32}$/, 'must be digits');

const App = z.object({
  id: Id,
  secret: z.string().min(1),
  /** What the app's webhook was registered with. */
  webhookUrl: z.url(),
  verifyToken: z.string().min(1),
  /** Meta: "Secure Graph API Calls" – the app setting Require App Secret. */
  requireProof: z.boolean().default(true),
});
export type SimulatedApp = z.output<typeof App>;

const Page = z.object({
  id: Id,
  name: z.string().min(1),
  appId: Id,
  token: z.string().min(1),
  /** Meta's approval for the HUMAN_AGENT tag. */
  humanAgent: z.boolean().default(false),
  /** False: the app was never subscribed to the page, so no webhook comes. */
  subscribed: z.boolean().default(true),
});
export type PageSettings = z.output<typeof Page>;

/** How the simulator behaves when nobody asks for a fault. Times in milliseconds. */
const Behaviour = z.object({
  /** Share of echoes that arrive before the answer to their send. */
  echoFirst: z.number().min(0).max(1).default(0.2),
  /** Share of webhooks that are delivered twice. */
  duplicates: z.number().min(0).max(1).default(0),
  /** Share of webhooks that overtake the one before them in a delivery. */
  reorderings: z.number().min(0).max(1).default(0),
  /** How long webhooks are collected into one delivery. */
  batchMs: z.number().int().min(0).default(10),
  /** Deliveries on their way at the same time. */
  parallel: z.number().int().min(1).default(1),
  /** From the send to the delivery mark. */
  deliveryMs: z.number().int().min(0).default(100),
  /** Meta: "Webhooks" – an answer is due within a few seconds; five is assumed. */
  deadlineMs: z.number().int().min(1).default(5_000),
});
export type Behaviour = z.output<typeof Behaviour>;

export const SimulatorSettings = z.object({
  host: z.string().default('127.0.0.1'),
  /** 0 takes any free port. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** Where others reach it, for the addresses of media; by default the address that it listens on. */
  publicUrl: z.url().optional(),
  /** Same seed, same ids, same dice. */
  seed: z.number().int().default(1),
  /** Keeps people and messages there over restarts; without it they end with the process. */
  stateFile: z.string().min(1).optional(),
  apps: z.array(App).min(1),
  pages: z.array(Page).min(1),
  behaviour: Behaviour.prefault({}),
});
export type SimulatorSettings = z.output<typeof SimulatorSettings>;
export type SimulatorOptions = z.input<typeof SimulatorSettings>;
