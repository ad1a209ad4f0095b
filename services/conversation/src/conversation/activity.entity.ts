import type { ActivitySnapshot, Actor } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { newId } from '@conversations/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line in the thread that only agents see. Written once, never changed. */
@Entity('activity')
export class Activity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'conversation_id' })
  conversationId!: string;

  @Column('text')
  kind!: ActivitySnapshot['kind'];

  @Column('jsonb')
  by!: Actor;

  @Column('timestamptz')
  at!: Date;

  @Column('text', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null;

  @Column('int', { name: 'after_position' })
  afterPosition!: number;

  /** The conversation's version that this line belongs to: orders the lines that follow the same message. */
  @Column('int')
  sequence!: number;

  static of(line: Omit<Activity, 'id' | 'snapshot'>): Activity {
    return Object.assign(new Activity(), { id: newId('act') }, line);
  }

  snapshot(): ActivitySnapshot {
    return {
      id: this.id,
      conversationId: this.conversationId,
      kind: this.kind,
      stamp: { by: this.by, at: this.at.toISOString() },
      assigneeId: this.assigneeId,
      afterPosition: this.afterPosition,
    };
  }
}

/** Inserts in one statement. */
export async function insertActivities(tx: Tx, activities: readonly Activity[]): Promise<void> {
  await tx.query(
    `INSERT INTO activity (id, conversation_id, kind, by, at, assignee_id, after_position, sequence)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::text[], $7::int[], $8::int[])`,
    [
      activities.map((activity) => activity.id),
      activities.map((activity) => activity.conversationId),
      activities.map((activity) => activity.kind),
      activities.map((activity) => JSON.stringify(activity.by)),
      activities.map((activity) => activity.at),
      activities.map((activity) => activity.assigneeId),
      activities.map((activity) => activity.afterPosition),
      activities.map((activity) => activity.sequence),
    ],
  );
}
