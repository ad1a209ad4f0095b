import type { ConversationRow } from '../data';
import { inbox as english } from '../i18n/en/inbox';
import { inbox as french } from '../i18n/fr/inbox';
import { stepFrom } from './list-steps';
import { rowExcerpt } from './row-excerpt';

type LastMessage = NonNullable<ConversationRow['lastMessage']>;
const received: LastMessage = {
  id: 'msg_1',
  direction: 'INBOUND',
  channel: 'WEB_CHAT',
  text: 'Do you ship\n to Réunion?',
  createdAt: '2026-11-22T10:00:00.000Z',
  author: { __typename: 'Visitor', id: 'vis_1', displayName: 'Visitor 4F2A' },
  delivery: null,
  attachments: [],
};
const excerpt = (change: Partial<LastMessage>, subject: string | null = null, words = english) =>
  rowExcerpt({ lastMessage: { ...received, ...change }, subject }, 'agt_me', words);
const file = { id: 'att_1', filename: 'photo.png', contentType: 'image/png' };

test('a customer’s words stand alone, on one line', () => {
  expect(excerpt({})).toBe('Do you ship to Réunion?');
});

test('an answer says whose it is', () => {
  const mine: Partial<LastMessage> = {
    direction: 'OUTBOUND',
    text: 'Yes.',
    author: { __typename: 'Agent', id: 'agt_me', displayName: 'Amélie Roux' },
  };
  expect(excerpt(mine)).toBe('You: Yes.');
  expect(excerpt(mine, null, french)).toBe('Vous : Yes.');
  expect(excerpt({ ...mine, author: { __typename: 'Agent', id: 'agt_2', displayName: 'Tom Baker' } })).toBe(
    'Tom: Yes.',
  );
});

test('a mail shows its subject first', () => {
  expect(excerpt({ channel: 'EMAIL', text: 'I attach it.' }, 'Re: Invoice')).toBe('Re: Invoice — I attach it.');
  expect(excerpt({ channel: 'EMAIL', text: '' }, 'Fwd: Purchase order 7741')).toBe('Fwd: Purchase order 7741');
});

test('a message without words names its files', () => {
  expect(excerpt({ text: '', attachments: [file] })).toBe('File: photo.png');
  expect(excerpt({ text: '', attachments: [file, file] })).toBe('2 files');
});

test('j and k go from row to row, begin at the first, and stop at the ends', () => {
  const ids = ['a', 'b', 'c'];
  expect(stepFrom(ids, null, 1)).toBe(0);
  expect(stepFrom(ids, 'a', 1)).toBe(1);
  expect(stepFrom(ids, 'c', 1)).toBe(2);
  expect(stepFrom(ids, 'a', -1)).toBe(0);
  expect(stepFrom(ids, 'gone', -1)).toBe(0);
  expect(stepFrom([], null, 1)).toBeNull();
});
