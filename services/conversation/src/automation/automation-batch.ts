import type { Envelope, Page } from '@conversations/contracts';
import { beginsOnPage } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { unawaited } from '@conversations/persistence';
import type { Conversation } from '../conversation/conversation.entity';
import type { InboundBatch } from '../conversation/inbound-batch';
import type { Touched } from '../conversation/touched';
import type { Flow } from './flow.entity';
import type { FlowVersions } from './flow-versions';
import { performEffects } from './perform-effects';
import type { RunEvent } from './run-flow';
import { runFlow } from './run-flow';
import type { Run } from './run-rows';
import { findRuns, storeRuns } from './run-rows';

/** The flows of the conversations of one batch. Asks and writes nothing when no flow starts or may go on. */
export class AutomationBatch {
  private readonly runs = new Map<string, Run>();
  private readonly changed = new Set<Run>();

  private constructor(
    private readonly newest: Flow | null,
    private readonly versionOf: (version: number) => Flow,
    private readonly now: Date,
  ) {}

  /** After the conversations are locked; `newest` is the version that new ones begin with, null when no new one may be made. */
  static async load(
    tx: Tx,
    touched: readonly Touched[],
    { newest, batch, flows, now }: { newest: number | null; batch: InboundBatch; flows: FlowVersions; now: Date },
  ): Promise<AutomationBatch> {
    const answering = touched.flatMap(({ mayMoveFlow, visitorId }) => (mayMoveFlow && visitorId ? [visitorId] : []));
    const ids = [...new Set(answering.flatMap((visitorId) => batch.conversationOf(visitorId)?.id ?? []))];
    const runs = ids.length === 0 ? [] : await findRuns(tx, ids);
    const versions = [...(newest === null ? [] : [newest]), ...runs.map(({ flowVersion }) => flowVersion)];
    const versionOf = await flows.load(tx, versions);
    const automation = new AutomationBatch(newest === null ? null : versionOf(newest), versionOf, now);
    for (const run of runs) automation.runs.set(run.conversationId, run);
    return automation;
  }

  /** A visitor opened a new conversation; what it wrote is stored before what the bot says. */
  begin(batch: InboundBatch, conversation: Conversation, cause: Envelope): void {
    const flow = this.newest;
    if (!flow?.startsWithFirstMessage || this.runs.has(conversation.id)) return;
    this.move(batch, conversation, { flow, run: null, event: { kind: 'STARTED' } }, cause);
  }

  /** Whether the bot speaks first to a visitor on this page. */
  greetsOn(page: Page | null): boolean {
    return this.newest !== null && beginsOnPage(this.newest.content, page?.url ?? null);
  }

  /** The bot's first words open the conversation: `opened` is called when there are some. */
  greet(batch: InboundBatch, conversation: Conversation, cause: Envelope, opened: () => void): void {
    if (this.newest === null) return;
    this.move(batch, conversation, { flow: this.newest, run: null, event: { kind: 'STARTED' } }, cause, opened);
  }

  /** Something happened in a conversation; without a flow that waits for it, nothing. */
  hear(batch: InboundBatch, conversation: Conversation, event: RunEvent, cause: Envelope): void {
    const run = this.runs.get(conversation.id);
    if (run) this.move(batch, conversation, { flow: this.versionOf(run.flowVersion), run, event }, cause);
  }

  /** After the conversations, which the rows name. */
  store(tx: Tx): void {
    if (this.changed.size > 0) unawaited(tx, storeRuns(tx, [...this.changed]));
  }

  private move(
    batch: InboundBatch,
    conversation: Conversation,
    { flow, run, event }: { flow: Flow; run: Run | null; event: RunEvent },
    cause: Envelope,
    opened?: () => void,
  ): void {
    // Never before the message that it answers, whatever the gateway's clock said.
    const at = new Date(Math.max(this.now.getTime(), conversation.lastActivityAt.getTime()));
    const now = { at, knowsContact: conversation.contactId !== null };
    const { state, effects } = runFlow(flow.content, run?.state ?? null, event, now);
    if (state === null || state === run?.state) return;
    const moved = run ?? { conversationId: conversation.id, flowVersion: flow.version, state };
    moved.state = state;
    this.runs.set(conversation.id, moved);
    this.changed.add(moved);
    performEffects(
      effects,
      { conversation, botName: flow.content.botName, at },
      {
        addMessage: (message) => batch.addMessage(message),
        addActivity: (activity) => batch.addActivity(activity),
        announce: (contract, of, data) => {
          opened?.();
          opened = undefined;
          batch.announce(contract, of, data, cause);
        },
      },
    );
  }
}
