import { openBenchModels, runOurs } from './gca/eval-run.ts';
import { runAsTheReference } from './gca/reference-schedule.ts';
import { generatedScenes } from './gca/scenes.ts';
import { type ServerProcess, startServerProcess } from './gca/server-process.ts';
import { idealMs, oneAfterAnotherMs } from './gca/service-times.ts';
import { median, medianInterval } from './measure/paired.ts';
import { atLeast, type Bench, figure, type Reach, type Row } from './measure/row.ts';

type Case = {
  readonly scenes: number;
  readonly concurrency: number;
  readonly reach: number;
  /** The reference’s schedule is run beside it, some two minutes a round, and is to take so many times as long. */
  readonly faster?: Reach;
};

const CASES: readonly Case[] = [
  { scenes: 25, concurrency: 8, reach: 1.05, faster: atLeast(1) },
  { scenes: 200, concurrency: 64, reach: 1.05 },
  { scenes: 200, concurrency: 100, reach: 1.05, faster: atLeast(6.5) },
  { scenes: 200, concurrency: 200, reach: 1.12 },
];
/** One round of all cases takes minutes. */
const ROUNDS = 3;

/** How long a run of Given-Circumstance Acting takes, on a server whose answers take a fixed time. */
export const gca: Bench = {
  name: 'gca',
  about: 'time of a benchmark run, played, judged, scored and written down, beside the least it can take',
  async run() {
    await using server = await startServerProcess();
    // Code that has run once runs faster; both sides share it.
    await runOurs(generatedScenes(4), openBenchModels(server.url, 8));
    const rows: Row[] = [];
    for (const one of CASES) rows.push(...(await rowsFor(one, server)));
    return rows;
  },
};

async function rowsFor(one: Case, server: ServerProcess): Promise<Row[]> {
  const { scenes: count, concurrency, reach, faster } = one;
  const scenes = generatedScenes(count);
  const models = openBenchModels(server.url, concurrency);
  const ours: number[] = [];
  const ideals: number[] = [];
  const sequential: number[] = [];
  const theirs: number[] = [];

  async function runOnce(): Promise<void> {
    await server.counts();
    const began = performance.now();
    const { cases } = await runOurs(scenes, models);
    ours.push(performance.now() - began);
    const { asked, peak } = await server.counts();
    if (cases.length < count || peak > concurrency) throw new Error('that was not the run to measure');
    ideals.push(idealMs(asked, Math.max(...cases.map(({ rounds }) => rounds)), concurrency));
    sequential.push(oneAfterAnotherMs(asked));
  }

  async function runReference(): Promise<void> {
    if (!faster) return;
    const began = performance.now();
    await runAsTheReference(scenes, models, concurrency);
    theirs.push(performance.now() - began);
  }

  for (let round = 0; round < ROUNDS; round += 1) {
    // Which goes first alternates.
    for (const run of round % 2 === 0 ? [runOnce, runReference] : [runReference, runOnce]) await run();
  }
  const what = `${count} scenes at ${concurrency} requests at once`;
  const row = (name: string, others: readonly number[], most: number): Row[] =>
    others.length === 0 ? [] : [rowOf(`${what}, beside ${name}`, ours, others, most)];
  return [
    ...row('the ideal', ideals, reach),
    ...fasterRow(
      `${what}, times as fast as the reference’s schedule on the same server`,
      ours,
      theirs,
      faster,
    ),
    ...row('one request after another, by formula', sequential, 1),
  ];
}

/** The other way round: how many times as long the others take. Milliseconds, round by round. */
function fasterRow(
  measure: string,
  ours: readonly number[],
  others: readonly number[],
  reach: Reach | undefined,
): Row[] {
  if (!reach) return [];
  const ratios = ours.map((ms, round) => (others[round] ?? ms) / ms);
  const [low, high] = medianInterval(ratios);
  return [
    {
      measure,
      value: figure(median(ours) / 1000, 4),
      unit: 's',
      beside: figure(median(others) / 1000, 4),
      ratio: figure(median(ratios), 4),
      interval: [figure(low, 4), figure(high, 4)],
      reach: reach.words,
      ok: reach.meets(high),
    },
  ];
}

/** Milliseconds, round by round. */
function rowOf(measure: string, ours: readonly number[], others: readonly number[], most: number): Row {
  const ratios = ours.map((ms, round) => ms / (others[round] ?? ms));
  const [low, high] = medianInterval(ratios);
  return {
    measure,
    value: figure(median(ours) / 1000, 4),
    unit: 's',
    beside: figure(median(others) / 1000, 4),
    ratio: figure(median(ratios), 4),
    interval: [figure(low, 4), figure(high, 4)],
    reach: `<= ${most}`,
    ok: low <= most,
  };
}
