import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ThreadView } from '../src/views';
import { codes, GraphCaller } from './graph-caller';
import { OTHER_PAGE, PAGE, type Simulated, startSimulated } from './receiver';

let simulated: Simulated;
let graph: GraphCaller;
let psid: string;

beforeEach(async () => {
  simulated = await startSimulated();
  const { simulator } = simulated;
  graph = new GraphCaller(simulator.url);
  psid = simulator.customers.create({ pageId: PAGE.id, firstName: 'Amélie', lastName: 'Poulain' }).psid;
  await simulator.customers.write(psid, { text: 'Hello' });
});
afterEach(() => simulated.stop());

/** A new second for the rate of the Conversations API. */
const later = () => simulated.simulator.world.clock.moveBy(1_000);
const person = () => simulated.simulator.world.person(psid);

describe('a profile', () => {
  const fields = { fields: 'first_name,last_name,name,profile_pic' };

  test('has the names and a picture that can be fetched', async () => {
    const { json } = await graph.get(`/${psid}`, fields);
    expect(json).toMatchObject({ first_name: 'Amélie', last_name: 'Poulain', name: 'Amélie Poulain', id: psid });
    const picture = await fetch(String(json['profile_pic']));
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  test('may be a name alone, or not be there (100/2018218)', async () => {
    person().profile = 'name';
    expect((await graph.get(`/${psid}`, fields)).json).toEqual({ name: 'Amélie Poulain', id: psid });
    person().profile = 'none';
    expect(codes(await graph.get(`/${psid}`, fields))).toEqual([100, 2018218]);
  });

  test('of somebody who is not known to the page is no object (100/33)', async () => {
    const elsewhere = simulated.simulator.customers.create({ pageId: OTHER_PAGE.id, firstName: 'B', lastName: '' });
    expect(codes(await graph.get('/12345'))).toEqual([100, 33]);
    expect(codes(await graph.get(`/${elsewhere.psid}`))).toEqual([100, 33]);
  });

  test('of the page is its name', async () => {
    expect((await graph.get('/me', { fields: 'name' })).json).toEqual({ id: PAGE.id, name: 'Demo shop' });
  });
});

describe('the conversations of a page', () => {
  test('are found by the person, with the ids and times of their messages', async () => {
    const sent = await graph.send(psid, { text: 'Hi' });
    const found = await graph.get(`/${PAGE.id}/conversations`, { platform: 'messenger', user_id: psid });
    expect(found.json['data']).toEqual([{ id: person().threadId, updated_time: expect.stringMatching(/\+0000$/) }]);
    const thread = await graph.get(`/${person().threadId}`, { fields: 'messages{id,created_time,from,to,message}' });
    const [newest, oldest] = (thread.json['messages'] as { data: Record<string, unknown>[] }).data;
    expect(newest).toMatchObject({ id: sent.json.message_id, message: 'Hi', from: { id: PAGE.id } });
    expect(oldest).toMatchObject({ message: 'Hello', from: { id: psid }, to: { data: [{ id: PAGE.id }] } });
  });

  test('come with their messages in one call', async () => {
    const { json } = await graph.get('/me/conversations', { user_id: psid, fields: 'messages.limit(5){id,message}' });
    expect(json['data']).toMatchObject([{ messages: { data: [{ message: 'Hello' }] } }]);
  });

  test('are empty for a person without one', async () => {
    expect((await graph.get('/me/conversations', { user_id: '12345' })).json).toEqual({ data: [] });
  });

  test('are read page by page', async () => {
    for (let index = 1; index <= 30; index += 1) await simulated.simulator.customers.write(psid, { text: `${index}` });
    const path = `/${person().threadId}/messages`;
    const first = (await graph.get(path, { fields: 'message' })).json as unknown as Listing;
    const after = first.paging.cursors.after;
    const second = (await graph.get(path, { fields: 'message', after })).json as unknown as Listing;
    expect([first.data.length, second.data.length]).toEqual([25, 6]);
    expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(31);
    expect(second.data.at(-1)?.message).toBe('Hello');
  });

  test('tell the details of the 20 newest messages only (100/33)', async () => {
    const first = simulated.simulator.world.thread(psid)[0]?.mid ?? '';
    expect((await graph.get(`/${first}`, { fields: 'message' })).json).toEqual({ id: first, message: 'Hello' });
    for (let index = 0; index < 20; index += 1) await simulated.simulator.customers.write(psid, { text: 'more' });
    later();
    expect(codes(await graph.get(`/${first}`))).toEqual([100, 33]);
  });

  test('are asked for twice in a second, and no more (613)', async () => {
    simulated.simulator.world.clock.freeze();
    await graph.get('/me/conversations');
    await graph.get('/me/conversations');
    expect(codes(await graph.get('/me/conversations'))).toEqual([613, undefined]);
    later();
    expect((await graph.get('/me/conversations')).status).toBe(200);
  });

  test('of another page are out of reach (200)', async () => {
    expect(codes(await graph.get(`/${OTHER_PAGE.id}/conversations`))).toEqual([200, undefined]);
  });
});

interface Listing {
  data: { id: string; message: string }[];
  paging: { cursors: { after: string } };
}

describe('what the customer has received', () => {
  test('can be asked for over HTTP, with its metadata, marks and count', async () => {
    await graph.send(psid, { text: 'one', metadata: 'prt_1' });
    await graph.send(psid, { text: 'one', metadata: 'prt_1' });
    const answer = await fetch(`${simulated.simulator.url}/simulator/people/${psid}/thread`);
    const { messages } = (await answer.json()) as ThreadView;
    const mine = messages.filter(({ from }) => from === 'page');
    expect(mine.map(({ metadata }) => metadata)).toEqual(['prt_1', 'prt_1']);
    await simulated.simulator.customers.read(psid);
    expect(
      simulated.simulator.world.thread(psid).every(({ from, readAt }) => from === 'person' || readAt !== null),
    ).toBe(true);
  });
});

test('a simulator with a file knows its people, messages and files after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'conversations-graph-'));
  const stateFile = join(folder, 'simulator.json');
  const first = await startSimulated({ stateFile });
  const { customers } = first.simulator;
  const ben = customers.create({ pageId: PAGE.id, firstName: 'Ben', lastName: 'Ito' });
  const bytes = Buffer.from('a picture');
  const file = customers.addMedia({ type: 'image', contentType: 'image/png', fileName: 'a.png', bytes });
  await customers.write(ben.psid, { text: 'Look', attachments: [file] });
  await first.stop();
  const second = await startSimulated({ stateFile, seed: 8 });
  const { world, url } = second.simulator;
  const [message] = world.thread(ben.psid);
  expect(message).toMatchObject({ text: 'Look', attachments: [file] });
  expect((await new GraphCaller(url).send(ben.psid, { text: 'Nice' })).status).toBe(200);
  await second.stop();
  rmSync(folder, { recursive: true });
});
