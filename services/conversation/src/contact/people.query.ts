import type {
  GetContacts,
  GetMessengerProfiles,
  GetVisitors,
  InputOf,
  MessengerProfileSnapshot,
  OutputOf,
} from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Contact } from './contact.entity';
import { visitorName } from './visitor.entity';

interface VisitorRow {
  id: string;
  siteId: string;
  contactId: string | null;
  contactName: string | null;
  locale: string | null;
}

/** Contacts, visitors and people on Messenger by their ids. */
@Injectable()
export class PeopleQuery {
  constructor(private readonly dataSource: DataSource) {}

  async contacts({ ids }: InputOf<typeof GetContacts>): Promise<OutputOf<typeof GetContacts>> {
    const found = await this.dataSource.manager.findBy(Contact, { id: In(ids) });
    const byId = new Map(found.map((contact) => [contact.id, contact.snapshot()]));
    return { items: ids.map((id) => byId.get(id) ?? null) };
  }

  async visitors({ ids }: InputOf<typeof GetVisitors>): Promise<OutputOf<typeof GetVisitors>> {
    const rows = await this.dataSource.query<VisitorRow[]>(
      `SELECT v.id, v.site_id AS "siteId", v.contact_id AS "contactId", k.display_name AS "contactName", v.locale
       FROM visitor v LEFT JOIN contact k ON k.id = v.contact_id WHERE v.id = ANY($1)`,
      [ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return {
      items: ids.map((id) => {
        const row = byId.get(id);
        if (!row) return null;
        const { contactName, ...visitor } = row;
        return { ...visitor, displayName: contactName ?? visitorName(id) };
      }),
    };
  }

  async messengerProfiles({
    ids,
  }: InputOf<typeof GetMessengerProfiles>): Promise<OutputOf<typeof GetMessengerProfiles>> {
    const rows = await this.dataSource.query<MessengerProfileSnapshot[]>(
      `SELECT p.id, p.page_id AS "pageId", g.name AS "pageName", p.display_name AS "displayName", p.avatar
       FROM messenger_profile p JOIN messenger_page g ON g.id = p.page_id WHERE p.id = ANY($1)`,
      [ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return { items: ids.map((id) => byId.get(id) ?? null) };
  }
}
