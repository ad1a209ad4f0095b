import type { Tx } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Flow } from './flow.entity';

/** Published versions by number. They never change, so each is read once. */
@Injectable()
export class FlowVersions {
  private readonly known = new Map<number, Flow>();

  /** Asks nothing when all are known. Throws for a version that was never published. */
  async load(tx: Tx, versions: readonly number[]): Promise<(version: number) => Flow> {
    const missing = [...new Set(versions)].filter((version) => !this.known.has(version));
    const read = missing.length === 0 ? [] : await tx.findBy(Flow, { version: In(missing) });
    for (const flow of read) this.known.set(flow.version, flow);
    return (version) => {
      const flow = this.known.get(version);
      if (!flow) throw new Error(`version ${version} of the flow is unknown`);
      return flow;
    };
  }
}
