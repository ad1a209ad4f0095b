import type { AutomationContent, AutomationSnapshot, AutomationVersion, Actor } from '@conversations/contracts';
import { AUTOMATION_ID, AutomationContent as Content } from '@conversations/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A published version of the flow. Written once, kept for ever: conversations end with the one that they began with. */
@Entity('automation_version')
export class Flow {
  @PrimaryColumn('int')
  version!: number;

  @Column('jsonb')
  content!: AutomationContent;

  @Column('jsonb', { name: 'published_by' })
  publishedBy!: Actor;

  @Column('timestamptz', { name: 'published_at' })
  publishedAt!: Date;

  get startsWithFirstMessage(): boolean {
    return this.content.enabled && this.content.trigger.kind === 'VISITOR_SENDS_FIRST_MESSAGE';
  }

  snapshot(): AutomationSnapshot {
    return { ...this.summary(), ...Content.parse(this.content) };
  }

  summary(): AutomationVersion {
    return {
      id: AUTOMATION_ID,
      version: this.version,
      enabled: this.content.enabled,
      publishedBy: this.publishedBy,
      publishedAt: this.publishedAt.toISOString(),
    };
  }
}
