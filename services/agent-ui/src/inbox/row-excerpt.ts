import type { ConversationRow } from '../data';
import type { inbox } from '../i18n/en/inbox';
import { calledName } from '../thread/activity-text';

/** The second line of a row: what the newest message says, and whose it is when it is not the customer's. */
export function rowExcerpt(
  { lastMessage, subject }: Pick<ConversationRow, 'lastMessage' | 'subject'>,
  viewerId: string,
  words: typeof inbox,
): string {
  if (lastMessage === null) return words.noMessage;
  const { author, text, attachments, channel } = lastMessage;
  const [file] = attachments;
  let said = text.replace(/\s+/g, ' ').trim();
  if (said === '' && file !== undefined)
    said = attachments.length === 1 ? words.attachment(file.filename) : words.attachments(attachments.length);
  if (channel === 'EMAIL' && subject !== null && lastMessage.direction === 'INBOUND')
    said = said === '' ? subject : `${subject} — ${said}`;
  if (said === '') said = words.formAnswered;
  if (author.__typename !== 'Agent') return said;
  return author.id === viewerId ? words.yourMessage(said) : words.othersMessage(calledName(author.displayName), said);
}
