import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CollapseFigures } from '../patterns/collapse-monitor.ts';
import type { JudgeState } from './judge/watched-judge.ts';
import { isFlipped } from './openrlhf.ts';
import type { Scored } from './scorer.ts';

/** What is looked up when metrics are asked for. */
export type Watched = {
  readonly collapse: () => CollapseFigures;
  readonly judge: () => JudgeState;
  readonly underWay: () => number;
  readonly cached: () => number;
};

export type RewardMetrics = {
  answered(route: string, status: number): void;
  scored(scored: Scored): void;
  /** Prometheus’ text format. */
  text(): Promise<string>;
  readonly contentType: string;
};

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 180];
const OVERHEAD_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const ONE = 1;

/** Counts what the server does, in a registry of its own. */
export function createRewardMetrics({ collapse, judge, underWay, cached }: Watched): RewardMetrics {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  const name = (what: string) => `dramatis_reward_${what}`;

  const requests = new Counter({
    ...{ name: name('requests_total'), help: 'HTTP requests answered.', registers },
    labelNames: ['route', 'status'],
  });
  const samples = new Counter({
    ...{ name: name('samples_total'), help: 'Samples, by where their verdict came from.', registers },
    labelNames: ['source'],
  });
  const illegal = new Counter({
    ...{ name: name('illegal_total'), help: 'Illegal turns, -1 without a judge.', registers },
    labelNames: ['why'],
  });
  const nulls = new Counter({
    ...{ name: name('null_total'), help: 'Samples without a reward.', registers },
    labelNames: ['why'],
  });
  const flipped = new Counter({
    ...{ name: name('flipped_total'), help: 'Verdicts that turned with the order.', registers },
  });
  const hits = new Counter({
    ...{ name: name('cache_hits_total'), help: 'Samples that were answered from the cache.', registers },
  });
  const rewards = new Histogram({
    ...{ name: name('reward'), help: 'Rewards that were given.', registers },
    buckets: [-1, -0.5, 0, 0.5, 1],
  });
  const judgeSeconds = new Histogram({
    ...{ name: name('judge_seconds'), help: 'The judge’s own time for a sample.', registers },
    buckets: SECONDS,
  });
  const overhead = new Histogram({
    ...{ name: name('overhead_seconds'), help: 'Time of a judged sample beside the judge’s own.', registers },
    buckets: OVERHEAD_SECONDS,
  });

  const gauge = (what: string, help: string, read: () => number | null) =>
    new Gauge({
      ...{ name: name(what), help, registers },
      collect() {
        this.set(read() ?? Number.NaN);
      },
    });
  gauge('in_flight', 'Samples under way.', underWay);
  gauge('judge_in_flight', 'Requests at the judge, or waiting for it.', () => judge().inFlight);
  gauge('judge_up', '1 where its last answer came, 0 where it failed.', () => {
    const { answers } = judge();
    return answers === null ? null : Number(answers);
  });
  gauge('cache_entries', 'Verdicts in the cache.', cached);
  gauge('window_turns', 'Turns that the collapse figures are of.', () => collapse().n);
  gauge('top1_share', 'Share of the commonest pattern.', () => collapse().top1Share);
  gauge('pattern_entropy_bits', 'Entropy of the patterns.', () => collapse().entropy);
  gauge('patterns', 'Different patterns.', () => collapse().distinct);
  gauge('self_bleu', 'Self-BLEU of a sample of the turns.', () => collapse().selfBleu);
  gauge('collapse_alarm', '1 where one pattern has more than its share.', () => Number(collapse().alarm));

  return {
    answered: (route, status) => requests.inc({ route, status }),
    scored({ score, source, ms, judgeMs }) {
      const { reward, why, orders } = score;
      samples.inc({ source }, ONE);
      if (source === 'cache') hits.inc();
      if (reward === null) nulls.inc({ why });
      else rewards.observe(reward);
      if (reward === -1 && orders.length === 0) illegal.inc({ why });
      if (isFlipped(orders)) flipped.inc();
      if (source !== 'judge' || judgeMs === 0) return;
      judgeSeconds.observe(judgeMs / 1000);
      overhead.observe(Math.max(0, ms - judgeMs) / 1000);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
