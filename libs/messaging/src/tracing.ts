import {
  context,
  type Context,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = trace.getTracer('@conversations/messaging');

/** Where a trace goes on: the W3C `traceparent` of the active span, if one is recorded. */
export function activeTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

const remote = (traceparent: string | undefined): Context =>
  traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent });

const linkTo = (traceparent: string | undefined): Link[] => {
  const spanContext = trace.getSpanContext(remote(traceparent));
  return spanContext ? [{ context: spanContext }] : [];
};

async function recorded<T>(span: Span, within: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await context.with(trace.setSpan(within, span), work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    if (error instanceof Error) span.recordException({ name: error.name, message: error.message });
    throw error;
  } finally {
    span.end();
  }
}

const attributes = (subject: string) => ({
  'messaging.system': 'nats',
  'messaging.destination.name': subject,
});

/** A message or request leaves: child of what runs now; what `work` composes carries the span on. */
export function inProducerSpan<T>(subject: string, kind: 'publish' | 'request', work: () => Promise<T>): Promise<T> {
  const within = context.active();
  const span = tracer.startSpan(
    `${kind} ${subject}`,
    { kind: kind === 'publish' ? SpanKind.PRODUCER : SpanKind.CLIENT, attributes: attributes(subject) },
    within,
  );
  return recorded(span, within, work);
}

/** A request is answered: the asker's trace goes on. */
export function inServerSpan<T>(subject: string, traceparent: string | undefined, work: () => Promise<T>): Promise<T> {
  const within = remote(traceparent);
  const span = tracer.startSpan(
    `answer ${subject}`,
    { kind: SpanKind.SERVER, attributes: attributes(subject) },
    within,
  );
  return recorded(span, within, work);
}

/**
 * A stored message is handled. Its first delivery continues the sender's trace; a redelivery is a trace of its own that links there,
 * so that a replay days later does not stretch the old one.
 */
export function inConsumerSpan<T>(
  message: { subject: string; traceparent: string | undefined; redelivered: boolean },
  work: () => Promise<T>,
): Promise<T> {
  const within = message.redelivered ? ROOT_CONTEXT : remote(message.traceparent);
  const span = tracer.startSpan(
    `process ${message.subject}`,
    {
      kind: SpanKind.CONSUMER,
      attributes: attributes(message.subject),
      links: message.redelivered ? linkTo(message.traceparent) : [],
    },
    within,
  );
  return recorded(span, within, work);
}

/** A batch is handled: alone, a message continues its trace; several are linked. */
export function inBatchSpan<T>(
  batch: { name: string; traceparents: (string | undefined)[] },
  work: () => Promise<T>,
): Promise<T> {
  const [only] = batch.traceparents;
  const alone = batch.traceparents.length === 1;
  const within = alone ? remote(only) : ROOT_CONTEXT;
  const span = tracer.startSpan(
    `process ${batch.name}`,
    {
      kind: SpanKind.CONSUMER,
      attributes: { ...attributes(batch.name), 'messaging.batch.message_count': batch.traceparents.length },
      links: alone ? [] : batch.traceparents.flatMap(linkTo),
    },
    within,
  );
  return recorded(span, within, work);
}
