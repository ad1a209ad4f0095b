import type { Database, Emission, Tx } from '@conversations/persistence';
import { emitAll } from '@conversations/persistence';
import type { Logger } from '@conversations/runtime';
import { In } from 'typeorm';
import type { Activity } from '../conversation/activity.entity';
import { insertActivities } from '../conversation/activity.entity';
import { Conversation } from '../conversation/conversation.entity';
import type { Message } from '../conversation/message.entity';
import { insertMessages } from '../conversation/message-rows';
import { storeConversations } from '../conversation/store-conversations';
import type { FlowVersions } from './flow-versions';
import { performEffects } from './perform-effects';
import { runFlow } from './run-flow';
import { storeRuns, takeDueRuns } from './run-rows';

const LOOK_EVERY_MS = 500;
/** Runs that one transaction moves on. */
const TAKE = 20;

/**
 * Moves flows on whose wait is over. Every replica looks; the rows themselves say what is due and who has it, so that a wait survives
 * restarts and each step is done once, in one transaction with the note that it is done.
 */
export class RunTimers {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly flows: FlowVersions,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.working = this.look().finally(() => {
        if (!this.stopping) this.start();
      });
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.working;
  }

  private async look(): Promise<void> {
    try {
      while (!this.stopping) {
        const moved = await this.database.transaction((tx) => moveDueRuns(tx, this.flows, new Date()));
        if (moved < TAKE) return;
      }
    } catch (error) {
      // Nothing is lost: what is due stays due.
      this.log.warn({ err: error }, 'automation.timers-delayed');
    }
  }
}

/** Returns how many were due. */
export async function moveDueRuns(tx: Tx, flows: FlowVersions, at: Date): Promise<number> {
  const runs = await takeDueRuns(tx, at, TAKE);
  if (runs.length === 0) return 0;
  const versionOf = await flows.load(
    tx,
    runs.map(({ flowVersion }) => flowVersion),
  );
  const found = await tx.findBy(Conversation, { id: In(runs.map(({ conversationId }) => conversationId)) });
  const conversations = new Map(found.map((conversation) => [conversation.id, conversation]));
  const [messages, activities, events]: [Message[], Activity[], Emission[]] = [[], [], []];
  for (const run of runs) {
    const conversation = conversations.get(run.conversationId);
    if (!conversation) continue;
    const { content } = versionOf(run.flowVersion);
    const now = { at, knowsContact: conversation.contactId !== null };
    const { state, effects } = runFlow(content, run.state, { kind: 'TIME_PASSED' }, now);
    run.state = state ?? run.state;
    performEffects(
      effects,
      { conversation, botName: content.botName, at },
      {
        addMessage: (message) => messages.push(message),
        addActivity: (activity) => activities.push(activity),
        announce: (contract, { id: key, version: sequence }, data) => events.push({ contract, key, data, sequence }),
      },
    );
  }
  // A conversation names its newest message, and a message its conversation: the check is put off to the commit.
  if (messages.length + activities.length > 0) await storeConversations(tx, [...conversations.values()]);
  if (messages.length > 0) await insertMessages(tx, messages);
  if (activities.length > 0) await insertActivities(tx, activities);
  await storeRuns(tx, runs);
  await emitAll(tx, events);
  return runs.length;
}
