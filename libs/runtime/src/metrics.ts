import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { type CounterName, type GaugeName, type HistogramName, counters, gauges, histograms } from './metric-names';

type LabelsOf<D extends { labels: readonly string[] }> = D['labels'][number];

/**
 * The series of one process, in Prometheus text. A series exists from the first time it is asked for; names and labels are
 * those of metric-names.ts. The process's own series (memory, event-loop delay) are always there.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly known = new Map<string, unknown>();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  counter<N extends CounterName>(name: N): Counter<LabelsOf<(typeof counters)[N]>> {
    return this.once(name, () => {
      const { help, labels } = counters[name];
      return new Counter({ name, help, labelNames: [...labels], registers: [this.registry] });
    });
  }

  gauge<N extends GaugeName>(name: N): Gauge<LabelsOf<(typeof gauges)[N]>> {
    return this.once(name, () => {
      const { help, labels } = gauges[name];
      return new Gauge({ name, help, labelNames: [...labels], registers: [this.registry] });
    });
  }

  histogram<N extends HistogramName>(name: N): Histogram<LabelsOf<(typeof histograms)[N]>> {
    return this.once(name, () => {
      const { help, labels, buckets } = histograms[name];
      return new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [this.registry] });
    });
  }

  /** What `GET /metrics` answers; its media type is {@link contentType}. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private once<M>(name: string, make: () => unknown): M {
    const found = this.known.get(name) ?? make();
    this.known.set(name, found);
    return found as M;
  }
}
