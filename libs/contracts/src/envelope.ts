import { z } from 'zod';

/**
 * CloudEvents 1.0, structured JSON: one document from the outbox to the dead letter.
 * `subject` is the key that gives order (thread key or conversation id); `sequence` is the conversation's version.
 */
export const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().min(1),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string().min(1),
  data: z.unknown(),
  traceparent: z.string().optional(),
  correlationid: z.string().optional(),
  causationid: z.string().optional(),
  sequence: z.number().int().nonnegative().optional(),
  actor: z.string().optional(),
});
export type Envelope<T = unknown> = Omit<z.output<typeof Envelope>, 'data'> & { data: T };

export const CLOUDEVENTS_CONTENT_TYPE = 'application/cloudevents+json; charset=UTF-8';
