import type { Logger } from '@conversations/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { LOG, MessengerConnectorSettings, SETTINGS } from './config';
import { CollectMedia } from './media/collect-media';
import { ProbePages } from './pages/probe-pages';
import { FetchNames } from './people/fetch-names';
import { Prune } from './prune';
import { Repeat } from './repeat';
import { Reconcile } from './send/reconcile';
import { ReleaseEchoes } from './webhook/release-echoes';

const SWEEP_MS = 1_000;
/** Below two a second, which is what Facebook allows a page. */
const RECONCILE_MS = 600;
const PRUNE_MS = 60 * 60 * 1_000;

/** The work that nobody waits for; every replica does it, row by row. */
@Injectable()
export class Background {
  private readonly woken: Repeat[];
  private readonly loops: Repeat[];

  constructor(
    media: CollectMedia,
    names: FetchNames,
    reconcile: Reconcile,
    echoes: ReleaseEchoes,
    probes: ProbePages,
    prune: Prune,
    @Inject(SETTINGS) settings: MessengerConnectorSettings,
    @Inject(LOG) log: Logger,
  ) {
    const probeMs = Math.min(SWEEP_MS, settings.MESSENGER_PROBE_SECONDS * 1_000);
    this.woken = [
      new Repeat('media', SWEEP_MS, () => media.run(), log),
      new Repeat('names', SWEEP_MS, () => names.run(), log),
    ];
    this.loops = [
      ...this.woken,
      new Repeat('reconcile', RECONCILE_MS, () => reconcile.run(), log),
      new Repeat('echoes', SWEEP_MS, () => echoes.run(), log),
      new Repeat('probes', probeMs, () => probes.run(), log),
      new Repeat('prune', PRUNE_MS, () => prune.run(), log),
    ];
  }

  start(): void {
    for (const loop of this.loops) loop.start();
  }

  /** A delivery may have brought files and people. */
  wake(): void {
    for (const loop of this.woken) loop.wake();
  }

  async stop(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
