import type { OutboxEntry } from './outbox-queue';
import type { Draft, ThreadMessage } from './types';

export type TabNews =
  | { kind: 'outbox'; entry: OutboxEntry }
  /** Taken out by the agent, or stored. */
  | { kind: 'outbox-gone'; clientMessageId: string; stored: { message: ThreadMessage; conversationId: string } | null }
  /** The agent does not want to wait any longer. */
  | { kind: 'outbox-retry'; clientMessageId: string }
  | { kind: 'draft'; conversationId: string; draft: Draft };

/** What this agent's tabs in this browser tell each other. */
export class Tabs {
  private readonly channel: BroadcastChannel;
  private isStopped = false;

  constructor(agentId: string, hear: (news: TabNews) => void) {
    this.channel = new BroadcastChannel(`conversations.data.${agentId}`);
    this.channel.onmessage = ({ data }: { data: unknown }) => hear(data as TabNews);
  }

  /** After the end it tells nobody: an answer may come when the page is signed out already. */
  tell(news: TabNews): void {
    if (!this.isStopped) this.channel.postMessage(news);
  }

  stop(): void {
    this.isStopped = true;
    this.channel.close();
  }
}
