import type { SavedResponseCategorySnapshot } from '@conversations/contracts';
import type { Emission } from '@conversations/persistence';
import { SavedResponseCategoryChanged, SavedResponseCategoryDeleted } from '@conversations/contracts';
import type { EntityManager } from 'typeorm';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { caseless } from '../typed-text';

/** A named group of saved responses, at its place among the others. */
@Entity('category')
export class Category {
  @PrimaryColumn('text')
  id!: string;

  @Column('int')
  version!: number;

  @Column('text')
  name!: string;

  @Column('text', { name: 'name_key' })
  nameKey!: string;

  @Column('int')
  position!: number;

  static of(id: string, name: string, position: number): Category {
    return Object.assign(new Category(), { id, version: 1, name, nameKey: caseless(name), position });
  }

  snapshot(): SavedResponseCategorySnapshot {
    return { id: this.id, version: this.version, name: this.name, position: this.position };
  }

  changed(by: { id: string }): Emission {
    const data = { category: this.snapshot() };
    return { contract: SavedResponseCategoryChanged, key: this.id, data, sequence: this.version, actor: by.id };
  }

  /** The deletion has taken a version of its own, so that it comes after every change. */
  deleted(by: { id: string }): Emission {
    return { ...this.changed(by), contract: SavedResponseCategoryDeleted };
  }
}

/** All, in the order in which they are shown. */
export function listCategories(manager: EntityManager): Promise<Category[]> {
  return manager.find(Category, { order: { position: 'ASC' } });
}
