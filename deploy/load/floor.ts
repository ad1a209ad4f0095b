/**
 * The floor of the benchmark: the same path as a visitor's message takes, in plain scripts without a framework, checks,
 * accounts, presence or history. `ws` in → JetStream → batched insert with position → publish → `ws` out.
 * Three processes like the product's own: `node floor.js in|store|out`.
 */
import { connect, type JsMsg, type NatsConnection } from 'nats';
import { Pool } from 'pg';
import { WebSocketServer, type WebSocket } from 'ws';

const STREAM = 'FLOOR';
const BATCH = 200;

interface FloorFrame {
  clientId: string;
  conversation: string;
  text: string;
}

async function main(role: string | undefined): Promise<void> {
  const nats = await connect({ servers: process.env['NATS_URL'] });
  if (role === 'in') await takeFrames(nats);
  else if (role === 'store') await storeFrames(nats);
  else if (role === 'out') await pushFrames(nats);
  else throw new Error('usage: floor in|store|out');
  process.once('SIGTERM', () => process.exit(0));
}

function listen(): Promise<WebSocketServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  return new Promise((resolve) => {
    server.once('listening', () => {
      const address = server.address();
      if (address && typeof address === 'object') process.stdout.write(`ready ${address.port}\n`);
      resolve(server);
    });
  });
}

async function takeFrames(nats: NatsConnection): Promise<void> {
  const jetstream = nats.jetstream();
  const server = await listen();
  server.on('connection', (socket) => {
    socket.on('message', (raw: Buffer) => {
      const frame = JSON.parse(raw.toString('utf8')) as FloorFrame;
      jetstream.publish('floor.in', JSON.stringify(frame), { msgID: frame.clientId }).catch((error: unknown) => {
        process.stderr.write(`publish failed: ${String(error)}\n`);
      });
    });
  });
}

async function storeFrames(nats: NatsConnection): Promise<void> {
  const pool = new Pool({ max: 2 });
  await pool.query(`CREATE SCHEMA IF NOT EXISTS floor`);
  await pool.query(
    `CREATE TABLE IF NOT EXISTS floor.conversation (id text PRIMARY KEY, last_position int NOT NULL DEFAULT 0)`,
  );
  await pool.query(
    `CREATE TABLE IF NOT EXISTS floor.message (client_id text PRIMARY KEY, conversation_id text NOT NULL, position int NOT NULL, text text NOT NULL, UNIQUE (conversation_id, position))`,
  );
  const manager = await nats.jetstreamManager();
  await manager.streams.add({ name: STREAM, subjects: ['floor.>'] });
  const jetstream = nats.jetstream();
  const consumer = await jetstream.consumers.get(STREAM, { filterSubjects: ['floor.in'] });
  const waiting: JsMsg[] = [];
  let wake: (() => void) | undefined;
  await consumer.consume({
    max_messages: 2_000,
    callback: (message) => {
      waiting.push(message);
      wake?.();
    },
  });
  process.stdout.write('ready 0\n');
  const client = await pool.connect();
  for (;;) {
    if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    wake = undefined;
    const frames = waiting.splice(0, BATCH).map((message) => message.json<FloorFrame>());
    const conversations = [...new Set(frames.map((frame) => frame.conversation))].sort();
    await client.query('BEGIN');
    await client.query(`INSERT INTO floor.conversation (id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`, [
      conversations,
    ]);
    const stored = await client.query<FloorFrame & { position: number }>(
      `WITH counted AS (
         SELECT i.*, c.last_position + row_number() OVER (PARTITION BY i.conversation_id ORDER BY i.ord) AS position
           FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS i(client_id, conversation_id, text, ord)
           JOIN floor.conversation c ON c.id = i.conversation_id
       ), added AS (
         INSERT INTO floor.message (client_id, conversation_id, position, text)
         SELECT client_id, conversation_id, position, text FROM counted
         RETURNING client_id, conversation_id, position, text
       ), moved AS (
         UPDATE floor.conversation c SET last_position = n.top
           FROM (SELECT conversation_id, max(position) AS top FROM counted GROUP BY 1) n
          WHERE c.id = n.conversation_id
       )
       SELECT client_id AS "clientId", conversation_id AS conversation, position, text FROM added`,
      [frames.map((f) => f.clientId), frames.map((f) => f.conversation), frames.map((f) => f.text)],
    );
    await client.query('COMMIT');
    await Promise.all(
      stored.rows.map((row) => jetstream.publish('floor.out', JSON.stringify(row), { msgID: `out-${row.clientId}` })),
    );
  }
}

async function pushFrames(nats: NatsConnection): Promise<void> {
  const sockets = new Set<WebSocket>();
  const server = await listen();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const consumer = await nats.jetstream().consumers.get(STREAM, { filterSubjects: ['floor.out'] });
  await consumer.consume({
    max_messages: 2_000,
    callback: (message) => {
      const text = message.string();
      for (const socket of sockets) socket.send(text);
    },
  });
}

void main(process.argv[2]);
