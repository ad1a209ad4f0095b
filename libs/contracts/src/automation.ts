import { z } from 'zod';
import { Actor, FormField, Timestamp } from './conversation';

/** There is one flow in an installation: its id, and the id of the bot as an author. */
export const AUTOMATION_ID = 'automation';

/** Most steps of a flow, those in branches counted. */
export const MAX_FLOW_STEPS = 100;

// Texts and limits are looked at by the service alone, which names the field and the rule to the person who typed them.

const id = z.string();

const MessageStep = z.object({ id, kind: z.literal('message'), text: z.string() });
const FormStep = z.object({
  id,
  kind: z.literal('form'),
  prompt: z.string(),
  submitLabel: z.string(),
  fields: z.array(FormField),
});
const WaitStep = z.object({ id, kind: z.literal('wait'), seconds: z.number().int() });
/** The conversation is the agents' from here on; `text` tells the visitor. */
const HandoffStep = z.object({ id, kind: z.literal('handoff'), text: z.string().nullable() });

/** Two branches by the opening hours. */
export interface AvailabilityStep {
  id: string;
  kind: 'availability';
  open: FlowStep[];
  closed: FlowStep[];
}

export type FlowStep =
  | z.output<typeof MessageStep>
  | z.output<typeof FormStep>
  | z.output<typeof WaitStep>
  | z.output<typeof HandoffStep>
  | AvailabilityStep;

const branch: z.ZodType<FlowStep[], FlowStep[]> = z.lazy(() => z.array(FlowStep));
const AvailabilityStep = z.object({ id, kind: z.literal('availability'), open: branch, closed: branch });

/** Ids are unique within a version of the flow; an asked form has the id of its step. */
export const FlowStep: z.ZodType<FlowStep, FlowStep> = z.discriminatedUnion('kind', [
  MessageStep,
  FormStep,
  WaitStep,
  AvailabilityStep,
  HandoffStep,
]);

export const Weekday = z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']);
export type Weekday = z.output<typeof Weekday>;

/** When agents are there, by the clocks of one place. */
export const OpeningHours = z.object({
  /** IANA name, e.g. `Europe/Paris`. */
  timeZone: z.string(),
  /** Local `HH:MM`; `closesAt` may be `24:00` and is the first minute that is closed. Periods of a day add up. */
  weekly: z.array(z.object({ day: Weekday, opensAt: z.string(), closesAt: z.string() })),
  /** Local dates, `YYYY-MM-DD`, that are closed all day. */
  holidays: z.array(z.string()),
});
export type OpeningHours = z.output<typeof OpeningHours>;

export const AutomationTrigger = z.object({
  kind: z.enum(['VISITOR_SENDS_FIRST_MESSAGE', 'PAGE_OPENED']),
  /** PAGE_OPENED only. */
  urlContains: z.string().nullable(),
});

/** Whether a flow begins by itself for a visitor without a conversation who opens the widget on a page. */
export function beginsOnPage(
  { enabled, trigger }: Pick<AutomationContent, 'enabled' | 'trigger'>,
  url: string | null,
): boolean {
  if (!enabled || trigger.kind !== 'PAGE_OPENED') return false;
  return trigger.urlContains === null || (url ?? '').includes(trigger.urlContains);
}

/** What an admin writes and publishes. */
export const AutomationContent = z.object({
  enabled: z.boolean(),
  /** What visitors read above the bot's messages. */
  botName: z.string(),
  trigger: AutomationTrigger,
  steps: z.array(FlowStep),
  /** Null: always open. */
  openingHours: OpeningHours.nullable(),
});
export type AutomationContent = z.output<typeof AutomationContent>;

/** That a version was published, without what it says. */
export const AutomationVersion = z.object({
  id: z.literal(AUTOMATION_ID),
  /** 1, 2, 3 … no gaps; every one is kept. */
  version: z.number().int().positive(),
  enabled: z.boolean(),
  /** Kind `system` for the flow that the installation came with. */
  publishedBy: Actor,
  publishedAt: Timestamp,
});
export type AutomationVersion = z.output<typeof AutomationVersion>;

export const AutomationSnapshot = z.object({ ...AutomationVersion.shape, ...AutomationContent.shape });
export type AutomationSnapshot = z.output<typeof AutomationSnapshot>;
