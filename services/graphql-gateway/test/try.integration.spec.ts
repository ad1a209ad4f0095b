import { startNats, startPostgres, migrateServices, serviceEnvironment, startService, AgentClient, freePort } from '@conversations/testing';
it('starts', async () => {
  const [nats, postgres] = await Promise.all([startNats(), startPostgres({ durable: false })]);
  await postgres.createDatabase('conversations');
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const installation = { nats: { url: nats.url }, database: { host: postgres.host, port: postgres.port, name: 'conversations', adminUser: postgres.user, adminPassword: postgres.password }, rolePassword: 'x'.repeat(20), chatTokenSecret: 'y'.repeat(40), demoPassword: 'demo-demo', publicOrigin: origin, siteOrigins: [] };
  await migrateServices(installation, '/tmp/gg-migrate.log');
  let service;
  try {
    service = await startService('graphql-gateway', { ...serviceEnvironment('graphql-gateway', installation), GRAPHQL_GATEWAY_PORT: String(port) });
    const amelie = await AgentClient.signIn({ urls: [origin], email: 'amelie@example.test', password: 'demo-demo' });
    console.log(JSON.stringify(await amelie.request('{ viewer { agent { id displayName email role } sessionExpiresAt features } agents { id displayName } }')));
    await amelie.request('{ inbox { unread } a: __typename }').catch((e) => console.log(String(e)));
    for (const [q] of [['{ nope }'], ['{'], ['mutation { completeConversation(input: {conversationId: "x"}) { conversation { id } errors { __typename code message } } }'], ['{ conversations(first: 1000) { nodes { id } } }']])
      await amelie.request(q!).then((d) => console.log(JSON.stringify(d)), (e) => console.log(String(e)));
    const r = await fetch(origin + '/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    console.log(r.status, await r.text(), Object.fromEntries(r.headers));
  } finally { console.log(service?.logs()); await service?.stop(); await nats.stop(); await postgres.stop(); }
}, 120_000);
