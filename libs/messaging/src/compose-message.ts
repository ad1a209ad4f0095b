import { CLOUDEVENTS_CONTENT_TYPE, type DataOf, type Envelope, type MessageContract } from '@conversations/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type StreamName, streamOfKind } from './streams';
import { activeTraceparent } from './tracing';

export interface ComposeOptions {
  /** The event's id, a UUIDv7; a message published twice with one id is stored once. Default: a new one. */
  id?: string;
  /** The conversation's version. */
  sequence?: number;
  actor?: string;
  causationId?: string;
  correlationId?: string;
  /** Overrides the active span, for work on a batch whose messages have traces of their own. */
  traceparent?: string;
}

/** A message as it stands in an outbox and goes to its stream. */
export interface StoredMessage {
  subject: string;
  stream: StreamName;
  eventId: string;
  /** The whole envelope, JSON. */
  body: string;
  headers: Record<string, string>;
}

/** The CloudEvents envelope around checked `data`. Throws ZodError when the data is not what the contract says. */
export function composeEnvelope<C extends MessageContract>(
  contract: C,
  key: string,
  data: DataOf<C>,
  options: ComposeOptions = {},
): Envelope {
  const [, context = ''] = contract.type.split('.');
  const traceparent = options.traceparent ?? activeTraceparent();
  return {
    specversion: '1.0',
    id: options.id ?? uuidv7(),
    source: `/conversations/${context}`,
    type: contract.type,
    subject: key,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:conversations:schema:${contract.type}`,
    data: contract.schema.parse(data),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(options.correlationId === undefined ? {} : { correlationid: options.correlationId }),
    ...(options.causationId === undefined ? {} : { causationid: options.causationId }),
    ...(options.sequence === undefined ? {} : { sequence: options.sequence }),
    ...(options.actor === undefined ? {} : { actor: options.actor }),
  };
}

/** What goes into an outbox row or straight to the stream. Throws ZodError; throws for a live message, which no stream keeps. */
export function composeMessage<C extends MessageContract>(
  contract: C,
  key: string,
  data: DataOf<C>,
  options: ComposeOptions = {},
): StoredMessage {
  const envelope = composeEnvelope(contract, key, data, options);
  return {
    subject: contract.subject(key),
    stream: streamOfKind(contract.kind),
    eventId: envelope.id,
    body: JSON.stringify(envelope),
    headers: {
      'Content-Type': CLOUDEVENTS_CONTENT_TYPE,
      'Nats-Msg-Id': envelope.id,
      ...(key.startsWith('cnv_') ? { 'Conversation-Id': key } : {}),
    },
  };
}
