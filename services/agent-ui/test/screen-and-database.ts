import type { Client } from 'pg';
import type { AgentScreen } from './agent-browser';

/** A row of the list of open conversations. */
interface Row {
  id: string;
  title: string;
  unread: boolean;
  waiting: boolean;
  completed: boolean;
  assignee: string | null;
  newest: string;
}

/** What an agent's screen says, and what the database says in the same words. */
interface Inbox {
  rows: Row[];
  /** Of the open conversation, oldest first: who, and what. */
  thread: string[];
  assignee: string;
  /** In the page's title, with the red dot. */
  unread: number;
}

/** The screen of an English agent. Lists and threads longer than the window are drawn in part only. */
export async function shownInbox({ rows, log, page }: AgentScreen): Promise<Inbox> {
  const marks = await rows.evaluateAll((elements) =>
    elements.map((row) => {
      const said = [...row.querySelectorAll('.only-read')].map((mark) => mark.textContent);
      const signs = [...row.querySelectorAll('[role=img]')].map((mark) => mark.getAttribute('aria-label'));
      return {
        id: row.getAttribute('data-conversation') ?? '',
        title: row.querySelector('bdi')?.textContent ?? '',
        unread: said.includes('Unread'),
        waiting: signs.includes('Waiting for a reply'),
        completed: signs.includes('Completed'),
        assignee: said.find((text) => text.startsWith('Assigned to '))?.slice('Assigned to '.length) ?? null,
        newest: row.querySelector('[dir=auto]')?.textContent ?? '',
      };
    }),
  );
  const thread = await log.locator('article').evaluateAll((articles) =>
    articles.map((article) => {
      const lines = [...article.querySelectorAll('[dir=auto], bdi, span')].map((part) => part.textContent);
      const waits = lines.includes('Sending…') || lines.includes('Waiting for the connection…') ? ' (not sent)' : '';
      const who = article.querySelector('bdi')?.textContent ?? '';
      return `${who}: ${article.querySelector('[dir=auto]')?.textContent ?? ''}${waits}`;
    }),
  );
  const title = await page.title();
  const hasDot = (await page.getByTestId('unread-dot').count()) > 0;
  const unread = Number(/^\((\d+)\)/.exec(title)?.[1] ?? 0);
  if (hasDot !== unread > 0)
    throw new Error(`The title says "${title}", and the red dot ${hasDot ? 'is' : 'is not'} there`);
  const assignee = await page.getByRole('combobox', { name: /^Assignee: / }).getAttribute('aria-label');
  return { rows: marks, thread, assignee: assignee?.slice('Assignee: '.length) ?? '', unread };
}

interface StoredRow {
  id: string;
  title: string;
  unread: boolean;
  waiting: boolean;
  assignee: string | null;
  text: string;
  direction: string;
  author_id: string | null;
  author: string | null;
}

/** The same from the tables. `me`: the id of the agent whose screen it is. */
export async function storedInbox(database: Client, openId: string, me: string): Promise<Inbox> {
  const { rows } = await database.query<StoredRow>(
    `SELECT c.id, c.title, c.unread, c.waiting_for_reply AS waiting, owner.display_name AS assignee,
        m.text, m.direction, m.author_id, author.display_name AS author
      FROM conversation.conversation c
      JOIN conversation.message m ON m.id = c.last_message_id
      LEFT JOIN gateway.agent owner ON owner.id = c.assignee_id
      LEFT JOIN gateway.agent author ON author.id = m.author_id
      WHERE c.status = 'OPEN' ORDER BY c.last_activity_at DESC, c.id DESC`,
  );
  const messages = await database.query<{ text: string; direction: string; author_id: string; name: string }>(
    `SELECT m.text, m.direction, m.author_id, COALESCE(a.display_name, c.title) AS name
      FROM conversation.message m
      JOIN conversation.conversation c ON c.id = m.conversation_id
      LEFT JOIN gateway.agent a ON a.id = m.author_id
      WHERE m.conversation_id = $1 ORDER BY m.position`,
    [openId],
  );
  const nameOf = (id: string | null, name: string) => (id === me ? 'You' : name);
  const open = rows.find(({ id }) => id === openId);
  return {
    rows: rows.map(({ id, title, unread, waiting, assignee, text, direction, author_id, author }) => ({
      ...{ id, title, unread, assignee },
      waiting: waiting && !unread,
      completed: false,
      newest: direction === 'OUTBOUND' ? `${nameOf(author_id, author?.split(' ')[0] ?? '')}: ${text}` : text,
    })),
    thread: messages.rows.map(({ text, author_id, name }) => `${nameOf(author_id, name)}: ${text}`),
    assignee: open?.assignee ?? 'Nobody',
    unread: rows.filter(({ unread }) => unread).length,
  };
}
