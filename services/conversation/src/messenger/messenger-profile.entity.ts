import type { DataOf, MessengerMessageReceived, MessengerProfileSnapshot } from '@conversations/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

type ToldWindow = NonNullable<DataOf<typeof MessengerMessageReceived>['window']>;

/** Until when answers may be sent: with any message, and after that with a page's HUMAN_AGENT tag. */
export interface ReplyWindow {
  closesAt: Date;
  humanAgentUntil: Date | null;
}

/** How long after a person's sign of life answers may be sent (Messenger Platform, "Standard messaging window"). */
const WINDOW_MS = 24 * 60 * 60 * 1000;

/** A person on Messenger, known to one page; no contact. Facts may come twice and in any order: the newest holds. */
@Entity('messenger_profile')
export class MessengerProfile {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'thread_key' })
  threadKey!: string;

  @Column('text', { name: 'page_id' })
  pageId!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('jsonb', { nullable: true })
  avatar!: MessengerProfileSnapshot['avatar'];

  /** When the newest message came that told name and picture. */
  @Column('timestamptz', { name: 'met_at' })
  metAt!: Date;

  /** When name and picture were last looked up; what messages tell of them does not count any more. */
  @Column('timestamptz', { name: 'named_at', nullable: true })
  namedAt!: Date | null;

  @Column('timestamptz', { name: 'window_closes_at', nullable: true })
  windowClosesAt!: Date | null;

  @Column('timestamptz', { name: 'human_agent_until', nullable: true })
  humanAgentUntil!: Date | null;

  /** When the newest message was written that Facebook refused although the window seemed open. */
  @Column('timestamptz', { name: 'window_refused_at', nullable: true })
  windowRefusedAt!: Date | null;

  /** The same for messages that only the HUMAN_AGENT tag allowed. */
  @Column('timestamptz', { name: 'human_agent_refused_at', nullable: true })
  humanAgentRefusedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  static of(threadKey: string, told: MessengerProfileSnapshot, at: Date): MessengerProfile {
    const { id, pageId, displayName, avatar } = told;
    return Object.assign(new MessengerProfile(), {
      ...{ id, threadKey, pageId, displayName, avatar, metAt: at, namedAt: null, createdAt: at },
      ...{ windowClosesAt: null, humanAgentUntil: null, windowRefusedAt: null, humanAgentRefusedAt: null },
    });
  }

  /** Name and picture as a message of `at` told them; true when what is shown changed. */
  meet(told: MessengerProfileSnapshot, at: Date): boolean {
    if (this.namedAt !== null || at < this.metAt) return false;
    this.metAt = at;
    return this.show(told);
  }

  /** Name and picture as they were looked up at `at`; true when what is shown changed. */
  learn(told: MessengerProfileSnapshot, at: Date): boolean {
    if (this.namedAt !== null && at < this.namedAt) return false;
    this.namedAt = at;
    return this.show(told);
  }

  /** The person gave a sign of life: true when answers may be sent for longer than before. */
  extendWindow({ closesAt, humanAgentUntil }: ToldWindow): boolean {
    const until = new Date(closesAt);
    if (this.windowClosesAt !== null && until <= this.windowClosesAt) return false;
    this.windowClosesAt = until;
    this.humanAgentUntil = humanAgentUntil === null ? null : new Date(humanAgentUntil);
    return true;
  }

  /** Facebook refused a message of that time as too late: what was open then is closed, what the person opens later is not. */
  refuseWindow(writtenAt: Date): void {
    const { windowClosesAt } = this;
    if (windowClosesAt === null) return;
    const kind = writtenAt < windowClosesAt ? 'windowRefusedAt' : 'humanAgentRefusedAt';
    if (this[kind] === null || this[kind] < writtenAt) this[kind] = writtenAt;
  }

  /** Null for somebody who never wrote. */
  window(): ReplyWindow | null {
    return windowOf(this);
  }

  private show({ displayName, avatar }: MessengerProfileSnapshot): boolean {
    const same = this.displayName === displayName && this.avatar?.storageKey === avatar?.storageKey;
    this.displayName = displayName;
    this.avatar = avatar;
    return !same;
  }
}

type WindowFacts = Pick<
  MessengerProfile,
  'windowClosesAt' | 'humanAgentUntil' | 'windowRefusedAt' | 'humanAgentRefusedAt'
>;

/** What holds of a window after refusals. */
export function windowOf(facts: WindowFacts): ReplyWindow | null {
  const { windowClosesAt, humanAgentUntil, windowRefusedAt, humanAgentRefusedAt } = facts;
  if (windowClosesAt === null) return null;
  const openedAt = windowClosesAt.getTime() - WINDOW_MS;
  const isOfThisWindow = (at: Date | null): at is Date => at !== null && at.getTime() >= openedAt;
  return {
    closesAt: isOfThisWindow(windowRefusedAt) ? windowRefusedAt : windowClosesAt,
    humanAgentUntil: isOfThisWindow(humanAgentRefusedAt) ? null : humanAgentUntil,
  };
}
