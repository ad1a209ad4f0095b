import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findRepositoryRoot } from '@conversations/runtime';
import { eventually } from '@conversations/testing';
import { FORWARDER, type InboundService, mail, type Received, startInbound } from './inbound-service';

interface Case {
  set: string;
  id: string;
  file: string;
  expect: Partial<{
    subject: string;
    words: string;
    reply: string;
    kind: 'auto' | 'bounce' | 'normal';
    forwarded_from: string;
    attachment_count: number;
    visible_attachment_count: number;
    in_reply_to_count: number;
    from_email: string;
    from_name: string;
    to: string[];
  }>;
}

interface Row {
  id: string;
  messageId: string | null;
  state: string;
  outcome: string | null;
  seconds: number;
}

const folder = join(resolve(findRepositoryRoot(), process.env['CORPORA_DIR'] ?? '../shared/corpora'), 'email');
const LEAST: Record<string, number> = { subject: 0.98, from_email: 0.98, from_name: 0.98, words: 0.95 };
/** From its receipt to its end; more than a full machine pauses. */
const STALL_SECONDS = 10;

/** Bodies without a header are what an agent sends on. */
function rawOf({ set, id, file }: Case): Buffer {
  const content = readFileSync(join(folder, file));
  const fields = { 'Message-ID': `<${id}@corpora.example>`, Subject: `Fwd: ${id}`, From: `Agent <${FORWARDER}>` };
  if (set === 'forward-crisp') return Buffer.from(mail(fields, content.toString()));
  if (set === 'reply-github')
    return Buffer.from(mail({ ...fields, Subject: `Re: ${id}`, From: 'ann@example.com' }, content.toString()));
  return content;
}

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

/** `Name <address>`, `"Name" <address>` or the address alone: everything else is left to the parser's own tests. */
const PLAIN_SENDER = /^(?:(?:"([^"\\]*)"|([^"<>@,;:()[\]\\]*?))\s*<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@,;]+@[^\s<>@,;]+))$/;
const ENCODED_WORD = /=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi;

function decodedWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(ENCODED_WORD, (_word, charset: string, encoding: string, content: string) => {
      const bytes =
        encoding.toLowerCase() === 'b'
          ? Buffer.from(content, 'base64')
          : Buffer.from(
              content
                .replaceAll('_', ' ')
                .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
              'latin1',
            );
      return new TextDecoder(charset).decode(bytes);
    });
}

/** Most of these mails came without a word about their sender and subject: read here again, from lines that need no parser. */
function headerOf({ set, file }: Case): Case['expect'] {
  if (set.startsWith('reply-') || set.startsWith('forward-')) return {};
  const header = readFileSync(join(folder, file), 'latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = header.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const only = (name: string): string | undefined => {
    const [line, another] = lines.filter((each) => new RegExp(`^${name}\\s*:`, 'i').test(each));
    const isPlain = line !== undefined && another === undefined && /^[\t\x20-\x7e]*$/.test(line);
    return isPlain ? line.slice(line.indexOf(':') + 1).trim() : undefined;
  };
  const [, quoted, bare, address, alone] = PLAIN_SENDER.exec(only('from') ?? '') ?? [];
  const from = address ?? alone;
  const subject = only('subject');
  return {
    ...(from !== undefined && { from_email: from, from_name: squeezed(decodedWords(quoted ?? bare ?? '')) }),
    ...(subject !== undefined && subject !== '' && { subject: decodedWords(subject) }),
  };
}

const cases = existsSync(join(folder, 'index.jsonl'))
  ? readFileSync(join(folder, 'index.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Case)
      .map((one) => ({ ...one, expect: { ...headerOf(one), ...one.expect } }))
  : [];

const bag = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function recall(expected: string, found: string): number {
  const left = new Map<string, number>();
  for (const word of bag(found)) left.set(word, (left.get(word) ?? 0) + 1);
  const words = bag(expected);
  const hits = words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count > 0;
  });
  return words.length === 0 ? 1 : hits.length / words.length;
}

/** Whether each expectation of a case holds, by field. */
function judge({ expect: wanted }: Case, message: Received | undefined, row: Row): [field: string, holds: boolean][] {
  const all = `${message?.text ?? ''}\n${message?.quotedText ?? ''}`;
  const visible = message?.attachments.filter(({ inline }) => inline !== true).length;
  const checks: Record<string, (value: never) => boolean> = {
    subject: (value: string) => squeezed(message?.subject ?? '?') === squeezed(value),
    from_email: (value: string) => message?.from.address === value.toLowerCase(),
    from_name: (value: string) => (message?.from.name ?? '') === value,
    to: (value: string[]) =>
      value.every((address) => message?.to.some((person) => person.address === address.toLowerCase())),
    words: (value: string) => recall(value, all) >= 0.97 && !all.includes('\uFFFD'),
    reply: (value: string) => squeezed(message?.text ?? '') === squeezed(value),
    forwarded_from: (value: string) => message?.from.address === value && message.forwarded?.by.address === FORWARDER,
    attachment_count: (value: number) => message?.attachments.length === value,
    visible_attachment_count: (value: number) => visible === value,
    in_reply_to_count: (value: number) =>
      [message?.inReplyTo, ...(message?.references ?? [])].filter((id) => id != null).length >= value,
    kind: (value: string) =>
      value === 'bounce'
        ? row.outcome === 'bounce' || message?.automatic === true
        : (message?.automatic ?? false) === (value === 'auto'),
  };
  return Object.entries(wanted).map(([field, value]) => [field, checks[field]?.(value as never) ?? false]);
}

const testCorpora = () => {
  const all = cases;
  let service: InboundService;
  beforeAll(async () => {
    service = await startInbound({ EMAIL_AUTO_REPLIES_PER_HOUR: '1000' });
  }, 90_000);
  afterAll(() => service?.stop(), 60_000);

  const ended = (id: string) =>
    eventually(
      async () => {
        const { rows } = await service.sql.query<Row>(
          `SELECT id, state, outcome, message_id AS "messageId", extract(epoch FROM done_at - received_at)::float8 AS seconds
           FROM raw_mail WHERE id = $1`,
          [id],
        );
        expect(rows[0]?.state).not.toBe('ACCEPTED');
        return rows[0]!;
      },
      { timeoutMs: 30_000, everyMs: 5 },
    );

  test('every mail is taken and becomes a message, and what is expected of it holds', async () => {
    const idOf = new Map<Case, string>();
    const rows = new Map<string, Row>();
    for (const one of all) {
      const id = await service.post(rawOf(one));
      idOf.set(one, id);
      rows.set(id, await ended(id));
    }
    const messages = new Map((await service.received()).map((message) => [message.messageId, message]));

    const held = new Map<string, { hold: number; of: number; misses: string[] }>();
    const problems: string[] = [];
    for (const one of all) {
      const id = idOf.get(one)!;
      const row = rows.get(id)!;
      const message = messages.get(row.messageId ?? '');
      if (message === undefined) problems.push(`${one.id}: lost (${row.state}, ${String(row.outcome)})`);
      if (row.state === 'INCOMPLETE') problems.push(`${one.id}: incomplete`);
      if (row.seconds > STALL_SECONDS) problems.push(`${one.id}: took ${row.seconds} s`);
      for (const [field, holds] of judge(one, message, row)) {
        const tally = held.get(field) ?? { hold: 0, of: 0, misses: [] };
        held.set(field, tally);
        tally.of += 1;
        if (holds) tally.hold += 1;
        else tally.misses.push(one.id);
      }
    }
    console.log(
      [
        `${all.length} mails, slowest ${Math.max(...[...rows.values()].map(({ seconds }) => seconds)).toFixed(2)} s`,
        ...[...held].map(
          ([field, { hold, of, misses }]) =>
            `${field}: ${hold} of ${of}${misses.length > 0 ? `; not: ${misses.join(', ')}` : ''}`,
        ),
        ...problems,
      ].join('\n'),
    );
    expect(service.replicas[0]?.logs()).not.toContain('"level":"fatal"');
    expect(problems.filter((problem) => !problem.endsWith('incomplete'))).toEqual([]);
    for (const [field, least] of Object.entries(LEAST)) {
      const { hold, of } = held.get(field) ?? { hold: 1, of: 1 };
      expect(hold / of).toBeGreaterThanOrEqual(least);
    }
  }, 180_000);
};

if (cases.length > 0) describe('the corpora', testCorpora);
else {
  test('skipped: no corpora', () => {
    console.log(`skipped: no corpora in ${folder}`);
    expect(cases).toEqual([]);
  });
}
