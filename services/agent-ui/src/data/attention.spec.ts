import { Attention } from './attention';
import { Requests } from './request';

const ID = 'cnv_1';
const LOOKS = { conversationId: ID, writing: false };
const WRITES = { conversationId: ID, writing: true };

/** Takes one call in 3 s for an agent, as the server does. */
function agent() {
  const heard: { at: number; doing: unknown }[] = [];
  const began = Date.now();
  let takenAt = -Infinity;
  const serve = async (_path: string, { body }: RequestInit): Promise<Response> => {
    const wait = takenAt + 3_000 - Date.now();
    if (wait > 0) {
      const extensions = { code: 'RATE_LIMITED', retryAfterMs: wait };
      return Response.json({ data: null, errors: [{ message: 'At most one call in 3 s', extensions }] });
    }
    takenAt = Date.now();
    heard.push({
      at: takenAt - began,
      doing: (JSON.parse(body as string) as { variables: { input: unknown } }).variables.input,
    });
    return Response.json({ data: { setAgentActivity: true } });
  };
  const tab = () => new Attention(new Requests(() => ({ socketUrl: '', fetch: serve })), () => true);
  return { heard, tab };
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

it('what an agent writes is told at once, its end when no key follows, and that they are still here before it is forgotten', async () => {
  const { heard, tab } = agent();
  const one = tab();
  one.viewing(ID, true);
  await pass(12_000);
  one.stop();
  expect(heard).toEqual([
    { at: 0, doing: WRITES },
    { at: 4_000, doing: LOOKS },
    { at: 10_500, doing: LOOKS },
  ]);
});

it('what was sent ends the writing, and to write again is told in the next turn', async () => {
  const { heard, tab } = agent();
  const one = tab();
  one.viewing(ID, true);
  await pass(500);
  one.sent();
  await pass(500);
  one.viewing(ID, true);
  await pass(2_500);
  one.stop();
  expect(heard.map(({ doing }) => doing)).toEqual([WRITES, WRITES]);
});

it('what the server did not take, because another tab spoke, is told in the next turn', async () => {
  const { heard, tab } = agent();
  const [one, other] = [tab(), tab()];
  other.viewing('cnv_2', false);
  await pass(500);
  one.viewing(ID, true);
  await pass(3_200);
  for (const each of [one, other]) each.stop();
  expect(heard.map(({ doing }) => doing)).toEqual([{ conversationId: 'cnv_2', writing: false }, WRITES]);
});
