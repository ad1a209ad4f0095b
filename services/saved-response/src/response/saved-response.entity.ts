import type { Actor, SavedResponseSnapshot } from '@conversations/contracts';
import { SavedResponseChanged, SavedResponseDeleted } from '@conversations/contracts';
import { type Emission, folded } from '@conversations/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { searchVector } from '../search-words';
import { caseless } from '../typed-text';

/** What an agent writes once and inserts often. */
@Entity('saved_response')
export class SavedResponse {
  @PrimaryColumn('text')
  id!: string;

  @Column('int')
  version!: number;

  @Column('text')
  title!: string;

  @Column('text', { name: 'title_key' })
  titleKey!: string;

  /** By which lists are ordered. */
  @Column('text', { name: 'sort_key' })
  sortKey!: string;

  @Column('text')
  body!: string;

  @Column('text', { name: 'category_id', nullable: true })
  categoryId!: string | null;

  @Column('tsvector', { name: 'title_words', select: false })
  titleWords!: string;

  /** Of title and body. */
  @Column('tsvector', { select: false })
  words!: string;

  @Column('jsonb', { name: 'updated_by' })
  updatedBy!: Actor;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  static of(id: string, written: Written, by: Actor): SavedResponse {
    const response = Object.assign(new SavedResponse(), { id, version: 1 });
    response.write(written, by);
    return response;
  }

  /** All that people write, with what it is found and ordered by. */
  write({ title, body, categoryId }: Written, by: Actor): void {
    this.title = title;
    this.titleKey = caseless(title);
    this.sortKey = folded(title).slice(0, MAX_SORT_KEY);
    this.body = body;
    this.categoryId = categoryId;
    this.titleWords = searchVector(title);
    this.words = searchVector(`${title} ${body}`);
    this.updatedBy = by;
    this.updatedAt = new Date();
  }

  snapshot(): SavedResponseSnapshot {
    return {
      id: this.id,
      version: this.version,
      title: this.title,
      body: this.body,
      categoryId: this.categoryId,
      updatedBy: this.updatedBy,
      updatedAt: this.updatedAt.toISOString(),
    };
  }

  changed(by: { id: string }): Emission {
    const data = { savedResponse: this.snapshot() };
    return { contract: SavedResponseChanged, key: this.id, data, sequence: this.version, actor: by.id };
  }

  /** The deletion takes a version of its own, so that it comes after every change. */
  deleted(by: { id: string }): Emission {
    this.version += 1;
    return { ...this.changed(by), contract: SavedResponseDeleted };
  }
}

export interface Written {
  title: string;
  body: string;
  categoryId: string | null;
}

/** Folding makes some characters longer; what comes after these characters orders nothing that people would notice. */
const MAX_SORT_KEY = 120;
