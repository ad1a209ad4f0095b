/**
 * `npm run bench -- [--json] [--short]`: the product against a plain floor pipeline, taken in turns in one run on one
 * broker and one database, because machines are noisy: only the ratios mean something.
 */
import { loadavg, cpus } from 'node:os';
import { type Stack, startStack } from '@conversations/testing';
import { startFlood } from './flood';
import { latencyAt, sustainedRate } from './measure';
import { floorPipeline, productPipeline, type Pipeline } from './pipelines';

const json = process.argv.includes('--json');
const short = process.argv.includes('--short');
const ROUNDS = short ? 1 : 3;
const SECONDS = short ? 3 : 8;
const VISITORS = 400;
const IN_FLIGHT = 400;

/** Far above what a person does, far below what a flood does: the visitors of the highest rate must not meet them. */
const LIMITS = { CHAT_LIMIT_MESSAGES_PER_MINUTE: '1000', CHAT_LIMIT_FRAMES_PER_MINUTE: '10000' };

interface Figure {
  figure: string;
  unit: string;
  floor: number[];
  product: number[];
  /** Product / floor, round by round. */
  ratios: number[];
  goal: string;
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const spread = (values: number[]): string =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

async function inTurns(
  pipelines: { floor: Pipeline; product: Pipeline },
  measure: (pipeline: Pipeline) => Promise<Record<string, number>>,
  figures: Record<string, { figure: string; unit: string; goal: string }>,
): Promise<Figure[]> {
  const rounds: { floor: Record<string, number>; product: Record<string, number> }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ floor: await measure(pipelines.floor), product: await measure(pipelines.product) });
  }
  return Object.entries(figures).map(([key, named]) => {
    const floor = rounds.map((round) => round.floor[key] ?? Number.NaN);
    const product = rounds.map((round) => round.product[key] ?? Number.NaN);
    return { ...named, floor, product, ratios: product.map((value, i) => value / (floor[i] ?? Number.NaN)) };
  });
}

/** Here the floor is the product itself while nobody floods. */
async function othersWhileOneFloods(stack: Stack, product: Pipeline): Promise<Figure> {
  let closed = 0;
  const measured = await inTurns(
    { floor: { ...product, name: 'calm' }, product: { ...product, name: 'flooded' } },
    async (pipeline) => {
      const flood = pipeline.name === 'flooded' ? startFlood(stack.chatUrls[0] as string) : null;
      const { p99 } = await latencyAt(pipeline, 50, SECONDS);
      closed += (await flood?.stop()) ?? 0;
      return { p99 };
    },
    { p99: { figure: 'p99 at 50/s while one floods', unit: 'ms', goal: '< 2 × without (as floor)' } },
  );
  if (closed < ROUNDS) throw new Error('the flooding client was not closed');
  return measured[0] as Figure;
}

async function main(): Promise<void> {
  const stack = await startStack({
    durable: true,
    env: { LOG_LEVEL: 'warn', ...LIMITS },
  });
  let lost = 0;
  try {
    const pipelines = {
      floor: await floorPipeline(stack, VISITORS),
      product: await productPipeline(stack, VISITORS),
    };
    for (const pipeline of [pipelines.floor, pipelines.product]) await latencyAt(pipeline, 200, short ? 2 : 5);
    const figures: Figure[] = [];
    for (const rate of [50, 200]) {
      const measured = await inTurns(
        pipelines,
        async (pipeline) => {
          const { p50, p99, lost: missing } = await latencyAt(pipeline, rate, SECONDS);
          lost += missing;
          return { p50, p99 };
        },
        {
          p50: { figure: `frame → push at ${rate}/s, p50`, unit: 'ms', goal: '≤ 2 × floor' },
          p99: { figure: `frame → push at ${rate}/s, p99`, unit: 'ms', goal: '≤ 5 × floor' },
        },
      );
      figures.push(...measured);
    }
    figures.push(
      ...(await inTurns(
        pipelines,
        async (pipeline) => {
          const { perSecond, lost: missing } = await sustainedRate(pipeline, IN_FLIGHT, SECONDS);
          lost += missing;
          return { perSecond };
        },
        { perSecond: { figure: 'highest sustained rate', unit: 'messages/s', goal: '≥ 0.5 × floor, ≥ 2000/s' } },
      )),
    );
    figures.push(await othersWhileOneFloods(stack, pipelines.product));
    await pipelines.floor.close();
    await pipelines.product.close();
    for (const figure of figures) {
      if (json) process.stdout.write(`${JSON.stringify(figure)}\n`);
      else {
        process.stdout.write(
          `${figure.figure.padEnd(30)} ${figure.unit.padEnd(11)} floor ${spread(figure.floor).padEnd(28)} product ${spread(figure.product).padEnd(28)} ratio ${spread(figure.ratios).padEnd(22)} goal ${figure.goal}\n`,
        );
      }
    }
    const machine = {
      cores: cpus().length,
      load: loadavg().map((load) => Number(load.toFixed(2))),
      rounds: ROUNDS,
      seconds: SECONDS,
      lost,
    };
    process.stdout.write(
      json ? `${JSON.stringify({ figure: 'machine', ...machine })}\n` : `machine: ${JSON.stringify(machine)}\n`,
    );
  } finally {
    await stack.stop();
  }
  if (lost > 0) throw new Error(`${lost} messages never arrived`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
