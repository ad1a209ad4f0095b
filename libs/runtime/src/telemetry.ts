import { createRequire } from 'node:module';
import { onTelemetryShutdown } from './telemetry-shutdown';

const MANAGEMENT = new Set(['/livez', '/readyz', '/metrics']);

/** `dist/services/<name>/src/main.js` is called `<name>`. */
function serviceNameOf(script: string | undefined): string {
  return /services[\\/]([^\\/]+)[\\/]/.exec(script ?? '')?.[1] ?? 'conversations';
}

function startTelemetry(): void {
  // Loaded only when traces are wanted: the SDK costs half a second of start and 35 MB.
  const load = createRequire(__filename);
  const { NodeSDK } = load('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const { OTLPTraceExporter } = load(
    '@opentelemetry/exporter-trace-otlp-http',
  ) as typeof import('@opentelemetry/exporter-trace-otlp-http');
  const { HttpInstrumentation } = load(
    '@opentelemetry/instrumentation-http',
  ) as typeof import('@opentelemetry/instrumentation-http');
  const { PgInstrumentation } = load(
    '@opentelemetry/instrumentation-pg',
  ) as typeof import('@opentelemetry/instrumentation-pg');

  const sdk = new NodeSDK({
    serviceName: process.env['OTEL_SERVICE_NAME'] ?? serviceNameOf(process.argv[1]),
    traceExporter: new OTLPTraceExporter(),
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => MANAGEMENT.has(url?.split('?')[0] ?? ''),
        requireParentforOutgoingSpans: true,
      }),
      // Background queries (the relay's sweep, locks) belong to no trace.
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  onTelemetryShutdown(() => sdk.shutdown());
}

// Instrumentation has to be in place before the instrumented modules load, so this happens on import.
if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) startTelemetry();
