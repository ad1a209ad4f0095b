import {
  startNats,
  startPostgres,
  migrateServices,
  serviceEnvironment,
  startService,
  AgentClient,
  freePort,
} from '@conversations/testing';
import { Messaging, composeMessage } from '@conversations/messaging';
import { MessageAdded } from '@conversations/contracts';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { INBOX_CHANGED } from '../../../libs/testing/src/agent-documents';
const hex = () => randomUUID().replaceAll('-', '');
function eventOf(i: number) {
  const now = new Date().toISOString();
  const id = 'cnv_' + hex();
  const messageId = 'msg_' + hex();
  const message = {
    id: messageId,
    conversationId: id,
    position: 1,
    channel: 'chat' as const,
    direction: 'INBOUND' as const,
    author: { kind: 'visitor' as const, id: 'vis_' + hex(), name: 'Visitor ' + i },
    text: 'Hello, is this in stock? '.repeat(4),
    attachments: [],
    clientMessageId: randomUUID(),
    delivery: null,
    form: null,
    createdAt: now,
  };
  const conversation = {
    id,
    version: 2,
    status: 'OPEN' as const,
    assigneeId: null,
    waitingForReply: true,
    unread: true,
    read: null,
    completed: null,
    title: 'Visitor ' + i,
    subject: null,
    contactId: null,
    visitorId: message.author.id,
    messengerProfileId: null,
    channels: ['chat' as const],
    lastChannel: 'chat' as const,
    lastMessageId: messageId,
    lastPosition: 1,
    agentReadPosition: 0,
    lastActivityAt: now,
    createdAt: now,
  };
  return composeMessage(MessageAdded, id, { conversation, message }, { sequence: 2 });
}
it('throughput', async () => {
  const [nats, postgres] = await Promise.all([startNats(), startPostgres({ durable: false })]);
  await postgres.createDatabase('conversations');
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const installation = {
    nats: { url: nats.url },
    database: {
      host: postgres.host,
      port: postgres.port,
      name: 'conversations',
      adminUser: postgres.user,
      adminPassword: postgres.password,
    },
    rolePassword: 'x'.repeat(20),
    chatTokenSecret: 'y'.repeat(40),
    demoPassword: 'demo-demo',
    publicOrigin: origin,
    siteOrigins: [],
  };
  await migrateServices(installation, '/tmp/gg-migrate.log');
  let service;
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const m = await Messaging.connect({ servers: nats.url, name: 't', log });
  try {
    service = await startService('graphql-gateway', {
      ...serviceEnvironment('graphql-gateway', installation),
      GRAPHQL_GATEWAY_PORT: String(port),
      GRAPHQL_SOCKETS_PER_SESSION: '1000',
      NODE_OPTIONS: '--cpu-prof --cpu-prof-dir=/tmp/gg-prof',
    });
    const amelie = await AgentClient.signIn({ urls: [origin], email: 'amelie@example.test', password: 'demo-demo' });
    const cpu = async () =>
      Number(/process_cpu_seconds_total\{[^}]*\} (\S+)/.exec(await (await fetch(service!.url('/metrics'), { headers: { connection: 'close' } })).text())![1]);
    for (const [sockets, events] of [
      [1, 3000],
      [1, 20000],
    ] as const) {
      const progress: number[] = [];
      let got = 0,
        ready = 0,
        other = 0;
      const open = await Promise.all(
        Array.from(
          { length: sockets },
          () =>
            new Promise<WebSocket>((resolve, reject) => {
              const ws = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
                headers: { cookie: amelie.cookie },
                origin,
              });
              ws.on('open', () => ws.send('{"type":"connection_init"}'));
              ws.on('error', reject);
              ws.on('close', (c, r) => c !== 1000 && c !== 1005 && console.log('closed', c, String(r)));
              ws.on('message', (data: Buffer) => {
                const text = data.toString('utf8', 0, 140);
                if (text.includes('connection_ack'))
                  ws.send(
                    JSON.stringify({ id: '1', type: 'subscribe', payload: { query: INBOX_CHANGED, variables: {} } }),
                  );
                else if (text.includes('StreamReady')) {
                  ready++;
                  resolve(ws);
                } else if (text.includes('ConversationUpserted')) got++;
                else if (other++ < 5) console.log(data.toString().slice(0, 300));
              });
            }),
        ),
      );
      const rows = Array.from({ length: events }, (_, i) => eventOf(i));
      const cpu0 = await cpu();
      const t0 = performance.now();
      for (let i = 0; i < rows.length; i += 500) await m.publishStored(rows.slice(i, i + 500));
      const t1 = performance.now();
      let mark = t1;
      while (got < sockets * events && performance.now() - t0 < 20000) {
        await new Promise((r) => setTimeout(r, 5));
        if (performance.now() - mark > 500) {
          mark = performance.now();
          progress.push(got);
        }
      }
      const t2 = performance.now();
      const used = (await cpu()) - cpu0;
      console.log({
        sockets,
        events,
        got,
        progress: progress.join(' '),
        wall: Math.round(t2 - t0),
        published: Math.round(t1 - t0),
        pushesPerSecondWall: Math.round((got / (t2 - t0)) * 1000),
        cpuSeconds: used,
        eventsPerCpuSecond: Math.round(events / used),
        pushesPerCpuSecond: Math.round(got / used),
      });
      for (const ws of open) ws.close();
    }
  } finally {
    console.log(service?.logs().slice(-3000));
    await m.drain();
    await service?.stop();
    await nats.stop();
    await postgres.stop();
  }
}, 180_000);
