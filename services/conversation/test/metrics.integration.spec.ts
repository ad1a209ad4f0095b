import { eventually } from '@conversations/testing';
import type { RunningService } from './running-service';
import { startConversation } from './running-service';

let service: RunningService;

beforeAll(async () => {
  service = await startConversation({ replicas: 2 });
}, 60_000);
afterAll(() => service?.stop(), 60_000);

/** The value of a series without labels at one replica; null when it is not there. */
async function valueOf(name: string, replica: number): Promise<number | null> {
  const text = await (await fetch(service.replicas[replica]!.url('/metrics'))).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name}{service="conversation"} `));
  return line === undefined ? null : Number(line.split(' ').at(-1));
}

it('every lane is held by one replica, as /metrics says; a survivor takes those of one that died', async () => {
  await eventually(async () => {
    const [first, second] = [
      await valueOf('conversations_lanes_held', 0),
      await valueOf('conversations_lanes_held', 1),
    ];
    expect(first! + second!).toBe(8);
  });
  await service.replicas[0]!.kill();
  await eventually(async () => expect(await valueOf('conversations_lanes_held', 1)).toBe(8));
  expect(await valueOf('conversations_dead_letters_total', 1)).toBe(0);
});
