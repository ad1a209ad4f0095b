import type { Actor, InputOf, OutputOf, PreviewReply } from '@conversations/contracts';
import { isNamelessProfile } from '@conversations/contracts';
import type { Tx } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { TagValues } from './reply-tags';
import { resolveTags, TAG_NAMES } from './reply-tags';
import { firstNameOf, shownValue } from './tag-values';

interface Addressee {
  contactName: string | null;
  email: string | null;
  company: string | null;
  /** True when the visitor only typed the address of somebody who has shown that it is theirs. */
  claimed: boolean;
  profileName: string | null;
}

/** What personalization tags stand for in a conversation. */
@Injectable()
export class TagValuesQuery {
  constructor(private readonly dataSource: DataSource) {}

  async preview({ conversationId, by, text }: InputOf<typeof PreviewReply>): Promise<OutputOf<typeof PreviewReply>> {
    const values = conversationId === null ? null : await this.of(this.dataSource.manager, conversationId, by);
    if (conversationId !== null && values === null) return { preview: null };
    return { preview: { ...resolveTags(text, values), offered: [...TAG_NAMES] } };
  }

  /** Null for an unknown conversation. */
  async of(tx: Tx, conversationId: string, by: Actor): Promise<TagValues | null> {
    const [addressee] = await tx.query<Addressee[]>(
      `SELECT k.display_name AS "contactName", k.email, k.company,
         coalesce(v.id IS NOT NULL AND NOT v.identified AND k.email_verified, false) AS claimed,
         p.display_name AS "profileName"
       FROM conversation c LEFT JOIN contact k ON k.id = c.contact_id LEFT JOIN visitor v ON v.id = c.visitor_id
         LEFT JOIN messenger_profile p ON p.id = c.messenger_profile_id
       WHERE c.id = $1`,
      [conversationId],
    );
    return addressee ? valuesOf(addressee, by) : null;
  }
}

function valuesOf({ contactName, email, company, claimed, profileName }: Addressee, by: Actor): TagValues {
  // A typed address shows nobody's name or company: whoever typed it may be somebody else.
  const called = claimed || contactName === email ? null : contactName;
  const name = shownValue(called ?? (profileName !== null && isNamelessProfile(profileName) ? null : profileName));
  const agent = shownValue(by.name);
  return {
    'contact.firstName': name && firstNameOf(name),
    'contact.name': name,
    'contact.company': claimed ? null : shownValue(company),
    'contact.email': shownValue(email),
    'agent.firstName': agent && firstNameOf(agent),
    'agent.name': agent,
  };
}
