import { median, medianInterval, quantile } from './measure/paired.ts';
import { type Bench, figure, type Row } from './measure/row.ts';
import { type Measured, runLoad } from './reward/load.ts';
import { JUDGE_MS, startJudgeProcess, startRewardProcess } from './reward/processes.ts';

/** One round takes half a minute. */
const ROUNDS = 3;
/** Requests under way all the time; each is two for the judge. */
const AT_ONCE = [64, 512, 640];
const REACH_MS = 20;
const WARM_UP_MS = 7000;
const MEASURE_MS = 12_000;

/** What the reward server adds to the judge’s own time, while a trainer has hundreds of requests under way. */
export const reward: Bench = {
  name: 'reward',
  about: 'overhead of the reward server over the judge’s own time, hundreds of requests in flight',
  async run() {
    await using judge = await startJudgeProcess();
    await using server = await startRewardProcess(judge.url, ['--concurrency', '2048', '--queue', '4096']);
    const rounds = new Map<number, Measured[]>(AT_ONCE.map((atOnce) => [atOnce, []]));
    // Code that has run for a while runs faster: a training run takes days.
    await load(server.url, 512, 4000);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [atOnce, measured] of rounds) measured.push(await load(server.url, atOnce, MEASURE_MS));
    }
    return [...rounds].flatMap(([atOnce, measured]) => rowsOf(atOnce, measured));
  },
};

async function load(url: string, atOnce: number, measureMs: number): Promise<Measured> {
  const measured = await runLoad(url, { atOnce, warmUpMs: WARM_UP_MS, measureMs });
  const { failures, overheads } = measured;
  if (failures > 0 || overheads.length < atOnce) {
    throw new Error(`that was not the run to measure: ${failures} without a reward`);
  }
  return measured;
}

function rowsOf(atOnce: number, measured: readonly Measured[]): Row[] {
  const what = `${atOnce} requests in flight`;
  const overhead = (share: number): Row => {
    const values = measured.map(({ overheads }) => quantile(overheads, share));
    const [low, high] = medianInterval(values);
    return {
      measure: `${what}: p${share * 100} over the judge’s ${JUDGE_MS} ms`,
      value: figure(median(values), 4),
      unit: 'ms',
      beside: null,
      ratio: null,
      interval: [figure(low, 4), figure(high, 4)],
      reach: `<= ${REACH_MS} ms`,
      ok: low <= REACH_MS,
    };
  };
  const perSecond = measured.map((one) => one.perSecond);
  const ideal = (atOnce * 1000) / JUDGE_MS;
  const ratios = perSecond.map((value) => value / ideal);
  const [low, high] = medianInterval(ratios);
  return [
    overhead(0.5),
    overhead(0.99),
    {
      measure: `${what}: throughput beside a server that takes no time`,
      value: figure(median(perSecond), 4),
      unit: 'rewards/s',
      beside: ideal,
      ratio: figure(median(ratios), 4),
      interval: [figure(low, 4), figure(high, 4)],
      reach: '>= 0.95',
      ok: high >= 0.95,
    },
  ];
}
