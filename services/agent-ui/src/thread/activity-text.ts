import { knownAs } from '../i18n';
import type { thread } from '../i18n/en/thread';
import type { ToldActivity } from './thread-lines';

type Words = Pick<typeof thread, 'by' | 'numbered' | 'somebody' | 'theVisitor'>;

/** What an activity line says, e.g. "Completed by Amélie Roux at 10:03". */
export function activityText(told: ToldActivity, words: Words, timeOf: (at: string) => string): string {
  const { activity, before, writer } = told;
  const { by, at } = activity.stamp;
  const time = timeOf(at);
  const text = words.by;
  switch (activity.kind) {
    case 'OPENED':
      return text.opened(time);
    case 'COMPLETED':
      return by === null ? text.completedAlone(time) : text.completed(by.displayName, time);
    case 'REOPENED':
      return by === null
        ? text.reopenedByMessage(writer === undefined ? words.theVisitor : calledName(knownAs(writer, words.numbered)))
        : text.reopened(by.displayName, time);
    case 'ASSIGNED':
      return assignedText(told, words, time, before ?? null);
    case 'CONTACT_LINKED':
      return text.contactLinked(time);
    case 'EMAIL_COLLECTED':
      return text.emailCollected(time);
    case 'AUTOMATION_HANDED_OFF':
      return text.handedOff(time);
  }
}

function assignedText(
  { activity }: ToldActivity,
  { by: text, somebody }: Words,
  time: string,
  before: (ToldActivity['before'] & object) | null,
): string {
  const actor = activity.stamp.by;
  const to = activity.assignee;
  const actorName = actor?.displayName ?? somebody;
  if (to === null)
    return before === null
      ? text.unassigned(actorName, time)
      : text.unassignedFrom(actorName, before.displayName, time);
  if (before !== null && before.id !== to.id)
    return actor?.id === to.id
      ? text.tookFrom(to.displayName, before.displayName, time)
      : text.reassigned(actorName, before.displayName, to.displayName, time);
  if (actor === null) return text.assignedAlone(to.displayName, time);
  return actor.id === to.id ? text.took(to.displayName, time) : text.assigned(actorName, to.displayName, time);
}

/** "Tom" of "Tom Okafor"; a visitor's number or an address is no name and stays whole. */
export function calledName(displayName: string): string {
  const [first = displayName, ...rest] = displayName.trim().split(/\s+/);
  const isName = rest.length > 0 && [first, ...rest].every((word) => /^[\p{L}\p{M}'’.-]+$/u.test(word));
  // The number is hexadecimal, and one in fifty has letters only.
  const isNumbered = /^[0-9A-F]{4}$/.test(rest.at(-1) ?? '');
  return isName && !isNumbered ? first : displayName;
}
