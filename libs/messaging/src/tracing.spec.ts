import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { NodeSDK, type NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { activeTraceparent, inBatchSpan, inConsumerSpan, inProducerSpan } from './tracing';

type SpanProcessor = NonNullable<NodeSDKConfiguration['spanProcessors']>[number];
type EndedSpan = Parameters<SpanProcessor['onEnd']>[0];

describe('a trace over the broker', () => {
  const ended: EndedSpan[] = [];
  const sdk = new NodeSDK({
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: (span) => void ended.push(span),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
    instrumentations: [],
    autoDetectResources: false,
  });

  beforeAll(() => {
    sdk.start();
  });
  beforeEach(() => ended.splice(0));
  afterAll(async () => {
    await sdk.shutdown();
    for (const api of [trace, context, propagation]) api.disable();
  });

  const send = () => inProducerSpan('in.test', 'publish', async () => activeTraceparent());
  const spans = () =>
    ended.map((span) => ({
      kind: span.kind,
      trace: span.spanContext().traceId,
      span: span.spanContext().spanId,
      parent: span.parentSpanContext?.spanId,
      links: span.links.map((link) => link.context.spanId),
    }));
  const nothing = () => Promise.resolve();

  it('is carried by the message as the producer’s span', async () => {
    const traceparent = await send();
    const [producer] = spans();
    expect(producer?.kind).toBe(SpanKind.PRODUCER);
    expect(traceparent).toBe(`00-${producer?.trace ?? ''}-${producer?.span ?? ''}-01`);
  });

  it('goes on where the message is handled the first time', async () => {
    await inConsumerSpan({ subject: 'in.test', traceparent: await send(), redelivered: false }, nothing);
    const [producer, consumer] = spans();
    expect(consumer).toMatchObject({ kind: SpanKind.CONSUMER, trace: producer?.trace, parent: producer?.span });
  });

  it('is only linked when the message comes again', async () => {
    await inConsumerSpan({ subject: 'in.test', traceparent: await send(), redelivered: true }, nothing);
    const [producer, consumer] = spans();
    expect(consumer?.trace).not.toBe(producer?.trace);
    expect(consumer).toMatchObject({ parent: undefined, links: [producer?.span] });
  });

  it('goes on in a batch of one and is linked in a larger one', async () => {
    const [one, two] = [await send(), await send()];
    await inBatchSpan({ name: 'INBOUND', traceparents: [one] }, nothing);
    await inBatchSpan({ name: 'INBOUND', traceparents: [one, undefined, two] }, nothing);
    const [first, second, alone, together] = spans();
    expect(alone).toMatchObject({ trace: first?.trace, parent: first?.span, links: [] });
    expect(together).toMatchObject({ parent: undefined, links: [first?.span, second?.span] });
  });
});
