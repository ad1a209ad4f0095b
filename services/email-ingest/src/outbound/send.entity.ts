import type { DataOf, EmailDeliveryChanged } from '@conversations/contracts';
import { createHash } from 'node:crypto';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Bounce } from '../threading/thread-signs';
import type { SendCommand } from './compose-email';
import { failureCode, type Outcome } from './smtp-outcome';

type Report = DataOf<typeof EmailDeliveryChanged>;

/** How patient sending is, and what it does when it cannot know; from the settings. */
export interface SendPolicy {
  retrySeconds: readonly number[];
  giveUpHours: number;
  ambiguous: 'resend' | 'hold';
}

/** A server that takes every mail without a word must not fill somebody's mailbox with copies; then a person decides. */
const MOST_SECOND_COPIES = 5;

/** One send of one message: a first one, and one more each time a person sends it again. Row of the send ledger. */
@Entity('send')
export class Send {
  @PrimaryColumn('text', { name: 'message_id' })
  messageId!: string;

  @PrimaryColumn('int')
  attempt!: number;

  @Column('text', { name: 'conversation_id' })
  conversationId!: string;

  @Column('jsonb')
  command!: SendCommand;

  /** Sends of the same content go out as the same bytes. */
  @Column('text', { name: 'content_hash' })
  contentHash!: string;

  @Column('text', { name: 'rfc_message_id' })
  rfcMessageId!: string;

  /** Whom it is to; the others only get a copy. */
  @Column('text')
  address!: string;

  @Column('text')
  domain!: string;

  @Column('boolean')
  verified!: boolean;

  @Column('text', { name: 'visitor_id', nullable: true })
  visitorId!: string | null;

  @Column('text')
  state!: 'WAITING' | 'SENDING' | 'SENT' | 'FAILED' | 'HELD';

  /** Who has not been taken yet. */
  @Column('text', { array: true })
  recipients!: string[];

  /** Who was refused for good, in the servers' words. */
  @Column('jsonb')
  refused!: { address: string; code: string; words: string }[];

  @Column('text', { name: 'raw_key', nullable: true })
  rawKey!: string | null;

  @Column('int')
  tries!: number;

  @Column('int')
  ambiguous!: number;

  @Column('text', { nullable: true })
  lease!: string | null;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  @Column('timestamptz', { name: 'give_up_at' })
  giveUpAt!: Date;

  @Column('timestamptz', { name: 'bounced_at', nullable: true })
  bouncedAt!: Date | null;

  @Column('text', { name: 'failure_code', nullable: true })
  failureCode!: string | null;

  @Column('text', { nullable: true })
  detail!: string | null;

  @Column('timestamptz', { name: 'done_at', nullable: true })
  doneAt!: Date | null;

  static of(command: SendCommand, rfcMessageId: string, policy: SendPolicy, now: Date): Send {
    const { attempt, ...content } = command;
    const address = command.to.address.toLowerCase();
    return Object.assign(new Send(), {
      messageId: command.messageId,
      attempt,
      conversationId: command.conversationId,
      command,
      contentHash: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
      rfcMessageId,
      address,
      domain: address.slice(address.lastIndexOf('@') + 1),
      verified: command.recipient.verified,
      visitorId: command.recipient.visitorId,
      state: 'WAITING' as const,
      recipients: [...new Set([address, ...command.cc.map((person) => person.address.toLowerCase())])],
      refused: [],
      rawKey: null,
      tries: 0,
      ambiguous: 0,
      lease: null,
      dueAt: now,
      giveUpAt: new Date(now.getTime() + policy.giveUpHours * 3_600_000),
      bouncedAt: null,
      failureCode: null,
      detail: null,
      doneAt: null,
    });
  }

  /** What an attempt came to; the report, where the agent should hear of it. */
  settle(outcome: Outcome, policy: SendPolicy, now: Date): Report | null {
    this.lease = null;
    // It came back before the answer to it was noted.
    if (this.bouncedAt) return this.end('FAILED', now, null);
    switch (outcome.kind) {
      case 'taken': {
        const later = outcome.refused.filter(({ permanent }) => !permanent).map(({ address }) => address.toLowerCase());
        this.refused = [...this.refused, ...outcome.refused.filter(({ permanent }) => permanent)];
        const isPrimaryTaken = outcome.accepted.some((address) => address.toLowerCase() === this.address);
        this.recipients = this.recipients.filter((address) => later.includes(address));
        if (this.recipients.length === 0) return this.finish(now);
        return this.again(outcome.response, policy, now) ?? (isPrimaryTaken ? this.report('SENT', now, {}) : null);
      }
      case 'deferred':
        return this.again(outcome.words, policy, now);
      case 'refused':
        this.refused = [
          ...this.refused,
          ...this.recipients.map((address) => ({ address, code: outcome.code, words: outcome.words })),
        ];
        return this.finish(now);
      case 'ambiguous':
        return this.lost(outcome.words, policy, now);
    }
  }

  /** The whole mail may have been taken, and nobody can say. */
  lost(words: string, policy: SendPolicy, now: Date): Report {
    this.lease = null;
    this.ambiguous += 1;
    const isHeld =
      policy.ambiguous === 'hold' || this.ambiguous > MOST_SECOND_COPIES || this.pause(policy, now) > this.giveUpAt;
    this.state = isHeld ? 'HELD' : 'WAITING';
    this.dueAt = isHeld ? now : this.pause(policy, now);
    return this.report('UNKNOWN', now, { failureCode: 'MAYBE_SENT', detail: words, retryable: isHeld });
  }

  /** It is not sent at all. */
  fail(code: string, words: string, now: Date): Report {
    this.lease = null;
    return this.end('FAILED', now, { failureCode: code, detail: words });
  }

  /** A bounce, or a complaint, or news of its way. Null: nothing that an agent has to know. */
  bounce(bounce: Bounce): Report | null {
    const { kind, finalRecipient, at } = bounce;
    const words = bounce.diagnostic ?? bounce.status ?? null;
    if (kind === 'delay') return null;
    if (kind === 'delivered') return finalRecipient === this.address ? this.report('DELIVERED', at, {}) : null;
    const isCopy = finalRecipient !== null && finalRecipient !== this.address && this.isCopied(finalRecipient);
    if (isCopy) return this.report('SENT', at, { detail: `${finalRecipient}: ${words ?? kind}` });
    if (this.bouncedAt) return null;
    this.bouncedAt = at;
    const failure = {
      failureCode: kind === 'complaint' ? 'COMPLAINT' : failureCode(bounce.status, null),
      detail: words,
    };
    if (this.state !== 'SENDING') return this.end('FAILED', at, failure);
    Object.assign(this, failure);
    return this.report('FAILED', at, { ...failure, retryable: true });
  }

  private isCopied(address: string): boolean {
    return this.command.cc.some((person) => person.address.toLowerCase() === address);
  }

  /** Everybody was taken or refused. */
  private finish(now: Date): Report {
    const own = this.refused.find(({ address }) => address.toLowerCase() === this.address);
    if (own) return this.end('FAILED', now, { failureCode: own.code, detail: own.words });
    const [copy] = this.refused;
    return this.end('SENT', now, { detail: copy ? `${copy.address}: ${copy.words}` : null });
  }

  private again(words: string, policy: SendPolicy, now: Date): Report | null {
    const dueAt = this.pause(policy, now);
    this.detail = words;
    if (dueAt > this.giveUpAt) {
      const isOwnLeft = this.recipients.includes(this.address);
      return isOwnLeft ? this.end('FAILED', now, { failureCode: 'GAVE_UP', detail: words }) : this.finish(now);
    }
    this.state = 'WAITING';
    this.dueAt = dueAt;
    return null;
  }

  private pause({ retrySeconds }: SendPolicy, now: Date): Date {
    const seconds = retrySeconds[Math.min(this.tries, retrySeconds.length) - 1] ?? retrySeconds[0] ?? 60;
    return new Date(now.getTime() + seconds * 1_000);
  }

  private end(state: 'SENT' | 'FAILED', now: Date, told: null): null;
  private end(state: 'SENT' | 'FAILED', now: Date, told: { failureCode?: string; detail: string | null }): Report;
  private end(
    state: 'SENT' | 'FAILED',
    now: Date,
    told: { failureCode?: string; detail: string | null } | null,
  ): Report | null {
    this.state = state;
    this.doneAt = now;
    if (told === null) return null;
    this.failureCode = told.failureCode ?? null;
    this.detail = told.detail;
    return this.report(state, now, { ...told, retryable: state === 'FAILED' });
  }

  private report(
    state: Report['state'],
    at: Date,
    { failureCode: code = null, detail = null, retryable = false }: Partial<Report>,
  ): Report {
    return {
      conversationId: this.conversationId,
      messageId: this.messageId,
      attempt: this.attempt,
      state,
      failureCode: code,
      detail: detail?.slice(0, 500) ?? null,
      retryable,
      at: at.toISOString(),
      rfcMessageId: state === 'FAILED' ? null : this.rfcMessageId,
    };
  }
}
