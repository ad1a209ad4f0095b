import { SetAgentActivityDocument } from '../generated/documents';
import type { Requests } from './request';
import { RequestError } from './request-error';

/** The server takes one call in 3 s for an agent, and forgets it after 10 s. */
const PACE_MS = 3_100;
const REPEAT_MS = 6_500;
/** Typing is over so long after the last key. */
const WRITING_MS = 4_000;

interface Doing {
  conversationId: string | null;
  writing: boolean;
}

/** Tells the other agents what this one looks at and writes in. Best effort: what cannot be told is not told. */
export class Attention {
  private wanted: string | null = null;
  private writingUntil = 0;
  private told: Doing = { conversationId: null, writing: false };
  private toldAt = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isAllowed = true;

  constructor(
    private readonly requests: Requests,
    /** Only the tab that the agent looks at speaks for the agent. */
    private readonly isAttentive: () => boolean,
  ) {}

  viewing(conversationId: string | null, writing: boolean): void {
    this.wanted = conversationId;
    this.writingUntil = conversationId !== null && writing ? Date.now() + WRITING_MS : 0;
    this.plan();
  }

  /** What was written is on its way. The server ends the writing itself when it arrives, so to write again is news. */
  sent(): void {
    this.writingUntil = 0;
    this.told = { ...this.told, writing: false };
    this.plan();
  }

  /** The agent looks at the page again. */
  wake(): void {
    this.plan();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.isAllowed = false;
  }

  private plan(notBefore = 0): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (!this.isAllowed) return;
    const now = Date.now();
    const doing = this.doing(now);
    const isNews = doing.conversationId !== this.told.conversationId || doing.writing !== this.told.writing;
    if (!isNews && doing.conversationId === null) return;
    const at = Math.max(notBefore, this.toldAt + (isNews ? PACE_MS : REPEAT_MS));
    if (at <= now && (this.isAttentive() || doing.conversationId === null)) return void this.tell(doing);
    // Nobody may press another key, and then the end of the writing is the next news.
    const next = doing.writing ? Math.min(at, this.writingUntil) : at;
    this.timer = setTimeout(() => this.plan(notBefore), Math.max(next - now, this.isAttentive() ? 50 : REPEAT_MS));
  }

  private doing(now: number): Doing {
    return { conversationId: this.wanted, writing: this.wanted !== null && now < this.writingUntil };
  }

  private async tell(doing: Doing): Promise<void> {
    const before = this.told;
    this.toldAt = Date.now();
    this.told = doing;
    let notBefore = 0;
    try {
      await this.requests.run(SetAgentActivityDocument, { input: doing }, { timeoutMs: 5_000 });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // A role that only looks on is never shown as being here.
      if (error.kind === 'forbidden' || error.kind === 'signed-out') this.isAllowed = error.kind !== 'forbidden';
      // Another tab of this agent spoke just now, so nothing of this was heard.
      if (error.kind === 'rate-limited') {
        notBefore = Date.now() + (error.retryAfterMs ?? PACE_MS);
        this.told = before;
      }
    }
    this.plan(notBefore);
  }
}
