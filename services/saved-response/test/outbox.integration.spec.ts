import { DeleteSavedResponse, GetSavedResponses, UpdateSavedResponse } from '@conversations/contracts';
import { eventually } from '@conversations/testing';
import {
  errorOf,
  eventsOf,
  newCategory,
  newResponse,
  type RunningService,
  startSavedResponse,
  tom,
} from './running-service';

let service: RunningService;

beforeAll(async () => {
  service = await startSavedResponse({ replicas: 2 });
}, 60_000);
afterAll(() => service?.stop(), 60_000);

const update = (id: string, expectedVersion: number, body: string) =>
  service.request(UpdateSavedResponse, { id, expectedVersion, body, by: tom });

it('what was refused is not announced', async () => {
  const made = await newResponse(service, 'Taken');
  await errorOf(newResponse(service, 'taken'));
  await errorOf(update(made.id, 5, 'stale'));
  await newResponse(service, 'The last one');
  await eventually(() =>
    expect(
      service.events.map(({ data }) => (data as { savedResponse: { title: string } }).savedResponse.title),
    ).toEqual(['Taken', 'The last one']),
  );
});

it('changes come in order and once each through the kill of a replica and restarts of the broker', async () => {
  const { id } = await newResponse(service, 'Restless');
  for (let version = 1; version <= 12; version += 1) {
    if (version === 3) await service.replicas[0]!.kill();
    if (version === 6) await service.replicas[0]!.restart();
    if (version === 9) {
      await service.nats.kill();
      await service.nats.restart();
    }
    // Whether a change that got no answer was stored, its version tells.
    await eventually(
      async () => {
        const { items } = await service.request(GetSavedResponses, { ids: [id] });
        if (items[0]?.version === version) await update(id, version, `body ${version + 1}`);
      },
      { timeoutMs: 20_000 },
    );
  }
  const events = await eventsOf(service, id, 13);
  const bodies = events.map(({ data }) => (data as { savedResponse: { body: string } }).savedResponse.body);
  expect(bodies.slice(1)).toEqual(Array.from({ length: 12 }, (_, index) => `body ${index + 2}`));
}, 90_000);

it('a broker that lost its disk gets everything again, deletions too', async () => {
  const category = await newCategory(service, 'Kept');
  const gone = await newResponse(service, 'Gone', { categoryId: category.id });
  await service.request(DeleteSavedResponse, { id: gone.id, expectedVersion: 1, by: tom });
  await eventsOf(service, gone.id, 2);
  await service.nats.wipe();
  await service.nats.restart();
  // Another title each time: one whose answer was lost is taken.
  let tries = 0;
  const after = await eventually(() => newResponse(service, `After the loss ${(tries += 1)}`), { timeoutMs: 20_000 });
  await eventsOf(service, after.id, 1);
  await eventsOf(service, category.id, 1);
  const [, deletion] = await eventsOf(service, gone.id, 2);
  expect(deletion?.type).toBe('conversations.saved-response.deleted.v1');
}, 60_000);
