import type { MessageSnapshot } from '@conversations/contracts';
import { EmailMessageReceived, MailSnapshot, MAX_MAIL_TEXT, MessageAdded } from '@conversations/contracts';
import { MAX_ENTRIES, transcript } from './transcript';

const stored = MessageAdded.schema.parse(MessageAdded.example).message;
const received = EmailMessageReceived.schema.parse(EmailMessageReceived.example);
const mail = (given: Partial<MailSnapshot>): MailSnapshot =>
  MailSnapshot.parse({
    ...received,
    source: 'DIRECT',
    hasHtml: false,
    hasQuotedText: false,
    stranger: false,
    answersTo: null,
    relatedConversationId: null,
    ...given,
  });
const message = (text: string, given: Partial<MessageSnapshot> = {}): MessageSnapshot => ({
  ...stored,
  text,
  ...given,
});
const agent = (name: string | null) => ({ kind: 'agent' as const, id: 'agt_1', name });
const texts = (messages: MessageSnapshot[]) => transcript(messages, 'en').entries.map(({ text }) => text);

it('keeps the order in which it is given: newest first, with who, channel, time and files', () => {
  const attachments = [
    { id: 'up_1', filename: 'a.pdf', contentType: 'application/pdf', byteSize: 1 },
    { id: 'up_2', filename: 'logo.png', contentType: 'image/png', byteSize: 1, inline: true },
  ];
  const { entries, cut } = transcript([message('b', { author: agent('Amélie'), attachments }), message('a')], 'en');
  expect(entries).toEqual([
    { name: 'Amélie', channel: 'chat', at: stored.createdAt, text: 'b', files: ['a.pdf'] },
    { name: stored.author.name, channel: 'chat', at: stored.createdAt, text: 'a', files: [] },
  ]);
  expect(cut).toBe(false);
});

it('leaves out what strangers sent, what was forged and what was taken back', () => {
  const email = 'email' as const;
  const messages = [
    message('stranger', { channel: email, email: mail({ stranger: true }) }),
    message('forged', { channel: email, email: mail({ authentication: 'FAIL' }) }),
    message('genuine', { channel: email, email: mail({ forwarded: { by: received.from, comment: 'between us' } }) }),
    message('system', { author: { kind: 'system', id: null, name: null } }),
  ];
  expect(texts(messages)).toEqual(['genuine']);
  expect(JSON.stringify(transcript(messages, 'en'))).not.toContain('between us');
});

it('never names an address, of nobody', () => {
  const messages = [
    message('a', { author: agent('amelie@shop.example') }),
    message('b', { author: agent(null) }),
    message('c', { author: { kind: 'contact', id: 'con_1', name: 'ann@example.com' } }),
  ];
  expect(transcript(messages, 'fr').entries.map(({ name }) => name)).toEqual(['Agent', 'Agent', 'Vous']);
});

it('stays within its bounds for any lengths, says what was left out, and never splits a character', () => {
  // A fixed seed: the same thousand threads every time.
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 300; round += 1) {
    const messages = Array.from({ length: random(260) }, (_, index) =>
      message('😀'.repeat(random(2) ? random(40) : random(30_000)), { position: index + 1 }),
    );
    const { entries, cut } = transcript(messages, 'en');
    const size = entries.reduce(
      (sum, { text, name, files }) => sum + text.length + name.length + files.join('').length,
      0,
    );
    expect(size).toBeLessThanOrEqual(MAX_MAIL_TEXT);
    expect(entries.length).toBeLessThanOrEqual(MAX_ENTRIES);
    expect(cut).toBe(entries.length < messages.length);
    expect(entries.every(({ text }) => text.isWellFormed())).toBe(true);
    const whole = entries.map(({ text }) => text.replace(/…$/, ''));
    expect(whole.every((text, index) => messages[index]?.text.startsWith(text))).toBe(true);
  }
});

it('says that there is more when the caller has not read it all', () => {
  expect(transcript([message('a')], 'en', false).cut).toBe(true);
});
