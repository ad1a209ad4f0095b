import { freePort } from './free-port';

test('no port is given twice, and what several ask for at once differs', async () => {
  const ports: number[] = [];
  for (let round = 0; round < 10; round += 1) ports.push(...(await Promise.all(Array.from({ length: 40 }, freePort))));
  expect(new Set(ports).size).toBe(400);
});
