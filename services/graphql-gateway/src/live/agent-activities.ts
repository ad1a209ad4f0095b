import { AgentActivity, type DataOf, Typing } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Injectable } from '@nestjs/common';
import type { ActivityParent } from '../parents';

const EXPIRES_MS = 10_000;
const PACE_MS = 3_000;

interface Doing extends ActivityParent {
  conversationId: string;
  heardAt: number;
}

interface TypedIn {
  conversationId: string;
  visitorId: string;
}

/**
 * Which agents look at or write in which conversation, as heard over the bus; nothing is stored.
 * An agent is in one conversation at a time and leaves it 10 s after the last word.
 */
@Injectable()
export class AgentActivities {
  private readonly doing = new Map<string, Doing>();
  private readonly lastTold = new Map<string, number>();
  private readonly typing = new Map<string, TypedIn>();
  private onChange: (conversationId: string) => void = () => undefined;
  private sweeper: NodeJS.Timeout | null = null;

  constructor(private readonly messaging: Messaging) {}

  start(onChange: (conversationId: string) => void): void {
    this.onChange = onChange;
    this.messaging.subscribeLive(AgentActivity, ({ data }) => this.hear(data));
    this.sweeper = setInterval(() => this.expire(), 1_000);
  }

  stop(): void {
    if (this.sweeper !== null) clearInterval(this.sweeper);
  }

  /** Agents in a conversation but for one. */
  of(conversationId: string, except: string): ActivityParent[] {
    return [...this.doing.values()].filter(
      (activity) => activity.conversationId === conversationId && activity.agentId !== except,
    );
  }

  /** Milliseconds until this agent may tell again; 0 = now, and the telling counts. */
  takeTurn(agentId: string): number {
    const now = Date.now();
    const wait = (this.lastTold.get(agentId) ?? 0) + PACE_MS - now;
    if (wait > 0) return wait;
    this.lastTold.set(agentId, now);
    return 0;
  }

  /** Tells all replicas, and the visitor's widget whether an agent writes. */
  tell(
    agent: { id: string; name: string },
    now: { conversationId: string | null; visitorId: string | null; writing: boolean },
  ): void {
    this.messaging.publishLive(AgentActivity, agent.id, {
      agentId: agent.id,
      conversationId: now.conversationId,
      writing: now.writing,
      at: new Date().toISOString(),
    });
    // Known only where the last call arrived; elsewhere the widget lets it expire after 6 s.
    const typed = this.typing.get(agent.id);
    this.typing.delete(agent.id);
    const typing = now.writing && now.conversationId !== null && now.visitorId !== null;
    if (typed && !(typing && typed.conversationId === now.conversationId)) this.tellTyping(agent, typed, false);
    if (!typing) return;
    const typedIn = { conversationId: now.conversationId ?? '', visitorId: now.visitorId ?? '' };
    this.typing.set(agent.id, typedIn);
    this.tellTyping(agent, typedIn, true);
  }

  /** A reply ends the writing at once: it does not wait for the turn in which the agent's page may tell that. */
  replied(agent: { id: string; name: string }, conversationId: string): void {
    const doing = this.doing.get(agent.id);
    if (doing?.conversationId !== conversationId || !doing.writing) return;
    this.tell(agent, { conversationId, visitorId: null, writing: false });
  }

  private tellTyping(agent: { id: string; name: string }, where: TypedIn, on: boolean): void {
    this.messaging.publishLive(Typing, where.conversationId, { ...where, author: { kind: 'agent', ...agent }, on });
  }

  private hear(data: DataOf<typeof AgentActivity>): void {
    const before = this.doing.get(data.agentId);
    this.doing.delete(data.agentId);
    if (data.conversationId !== null) {
      const { agentId, conversationId, writing } = data;
      const same = before?.conversationId === conversationId && before.writing === writing;
      this.doing.set(agentId, {
        agentId,
        conversationId,
        writing,
        since: same ? before.since : data.at,
        heardAt: Date.now(),
      });
      if (same) return;
      this.onChange(conversationId);
    }
    if (before !== undefined && before.conversationId !== data.conversationId) this.onChange(before.conversationId);
  }

  private expire(): void {
    const now = Date.now();
    for (const [agentId, { heardAt, conversationId }] of this.doing) {
      if (now - heardAt < EXPIRES_MS) continue;
      this.doing.delete(agentId);
      this.onChange(conversationId);
    }
    for (const [agentId, at] of this.lastTold) if (now - at > PACE_MS) this.lastTold.delete(agentId);
  }
}
