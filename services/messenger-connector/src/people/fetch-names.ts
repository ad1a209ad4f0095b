import { MessengerProfileChanged } from '@conversations/contracts';
import { Database, emit } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Graph } from '../graph/graph';
import { GraphFailure } from '../graph/graph-failure';
import { FetchMedia } from '../media/fetch-media';
import { cleanText, cutText } from '../normalise/values';
import type { MessengerPage } from '../pages/messenger-config';
import { Pages } from '../pages/pages';
import { type Person, snapshotOf, threadOf } from './person';

const BATCH = 8;
/** Until somebody else may try, when this process ends meanwhile. */
const LEASE_MS = 2 * 60_000;
const FIRST_PAUSE_MS = 15_000;
/** After so many refusals nobody asks again. */
const TRIES = 6;
const LONGEST_NAME = 200;

const Profile = z.looseObject({
  name: z.string().optional().catch(undefined),
  first_name: z.string().optional().catch(undefined),
  last_name: z.string().optional().catch(undefined),
  profile_pic: z.string().optional().catch(undefined),
});

type Waiting = Person & { name_tries: number };

/** Asks Facebook, in the background, what people are called and how they look. Source: Meta, "User Profile API". */
@Injectable()
export class FetchNames {
  constructor(
    private readonly database: Database,
    private readonly graph: Graph,
    private readonly pages: Pages,
    private readonly media: FetchMedia,
  ) {}

  /** True when more people wait. */
  async run(): Promise<boolean> {
    const [people] = await this.database.dataSource.query<[Waiting[], number]>(
      `UPDATE person SET name_at = now() + $2 * interval '1 ms', name_tries = name_tries + 1
       WHERE (page_id, person_id) IN (
         SELECT page_id, person_id FROM person WHERE name_at <= now() AND page_id = ANY($1)
         ORDER BY name_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING page_id, person_id, profile_id, display_name, avatar, opened_at, delivered_at, seen_at, name_tries`,
      [this.pages.all.map(({ id }) => id), LEASE_MS, BATCH],
    );
    await Promise.all(people.map((person) => this.fetch(person)));
    return people.length === BATCH;
  }

  private async fetch(person: Waiting): Promise<void> {
    const page = this.pages.find(person.page_id);
    if (!page) return;
    try {
      const fields = 'name,first_name,last_name,profile_pic';
      const { json } = await this.graph.get(page, encodeURIComponent(person.person_id), { fields });
      await this.store(person, page, Profile.safeParse(json).data ?? {});
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      await this.later(person, error);
    }
  }

  private async store(person: Person, page: MessengerPage, profile: z.output<typeof Profile>): Promise<void> {
    const parts = [profile.first_name, profile.last_name].filter((part) => part !== undefined).join(' ');
    const name = cutText(cleanText(profile.name ?? parts).trim(), LONGEST_NAME);
    const avatar = profile.profile_pic === undefined ? null : await this.media.picture(profile.profile_pic);
    await this.database.transaction(async (tx) => {
      await tx.query(
        `UPDATE person SET display_name = $3, avatar = $4, name_at = NULL WHERE page_id = $1 AND person_id = $2`,
        [person.page_id, person.person_id, name === '' ? null : name, avatar === null ? null : JSON.stringify(avatar)],
      );
      const known = { ...person, display_name: name === '' ? null : name, avatar };
      if (name === '' && avatar === null) return;
      const [profileNow, at] = [snapshotOf(known, page), new Date().toISOString()];
      await emit(tx, MessengerProfileChanged, threadOf(person), {
        threadKey: threadOf(person),
        profile: profileNow,
        window: null,
        at,
      });
    });
  }

  /** A profile that is closed to apps stays so; everything else may pass. */
  private async later(person: Waiting, { failure }: GraphFailure): Promise<void> {
    const isOver = person.name_tries >= TRIES || failure === 'RECIPIENT' || failure === 'PAYLOAD';
    const pauseMs = FIRST_PAUSE_MS * 4 ** person.name_tries;
    await this.database.dataSource.query(
      `UPDATE person SET name_at = CASE WHEN $3 THEN NULL ELSE now() + $4 * interval '1 ms' END
       WHERE page_id = $1 AND person_id = $2`,
      [person.page_id, person.person_id, isOver, pauseMs],
    );
  }
}
