import type { InboundAttachment } from '@conversations/contracts';

/** One request to Graph: a piece of text or one file. A row of the ledger. */
export interface Part {
  seq: string;
  id: string;
  message_id: string;
  place: number;
  page_id: string;
  person_id: string;
  text: string | null;
  attachment: InboundAttachment | null;
  tries: number;
  checks: number;
  created_at: Date;
  sending_at: Date;
}

export const PART_COLUMNS =
  'seq, id, message_id, place, page_id, person_id, text, attachment, tries, checks, created_at, sending_at';
