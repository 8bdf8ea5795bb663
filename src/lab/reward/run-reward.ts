import type { Principle } from '../../judge/principles/principle.ts';
import type { LabModel } from '../calls/call.ts';
import { createCollapseMonitor } from '../patterns/collapse-monitor.ts';
import { watchCollapse } from './collapse-alarm.ts';
import type { PlanRule } from './format-gate.ts';
import { type RewardServer, startRewardServer } from './http/reward-server.ts';
import { type Health, rewardRoutes } from './http/routes.ts';
import { watchJudge } from './judge/watched-judge.ts';
import { createRewardMetrics } from './metrics.ts';
import { createPrepare } from './prepare.ts';
import { openScoreLog } from './score-log.ts';
import { createScorer } from './scorer.ts';

export type RewardRun = {
  readonly host: string;
  readonly port: number;
  readonly judge: LabModel;
  readonly principles: readonly Principle[];
  readonly secret: string;
  readonly plan: PlanRule;
  /** Characters of a turn. */
  readonly longest: number;
  /** Samples under way at once. */
  readonly queue: number;
  readonly timeoutMs: number;
  readonly cache: { readonly entries: number; readonly bytes: number };
  readonly mostBytes: number;
  /** Turns that the collapse monitor looks at, and the share above which it gives alarm. */
  readonly window: number;
  readonly alarmAt: number;
  readonly key: string | undefined;
  readonly log: string | undefined;
  readonly version: string;
  /** Whether the judge’s endpoint can be reached now; undefined: nobody can tell. */
  readonly probe: () => Promise<boolean | undefined>;
  /** One line for the operator. */
  readonly say: (line: string) => void;
};

export type RunningReward = {
  readonly port: number;
  /**
   * Takes no more requests; those under way may end within that time, in milliseconds.
   * @returns how many samples were given up
   */
  stop(graceMs: number): Promise<number>;
};

/** A client that is slower to send its request is not waited for. */
const PATIENCE_MS = 60_000;
/** Nobody is told the same thing more often. */
const PROBED_MS = 5000;

/**
 * Starts the reward server.
 * @throws OperatorError where the port or the log cannot be had
 */
export async function startReward(run: RewardRun): Promise<RunningReward> {
  const { host, principles, secret, say } = run;
  const watched = watchJudge(run.judge);
  const monitor = createCollapseMonitor({ window: run.window, alarmAt: run.alarmAt });
  const log = run.log === undefined ? undefined : await openScoreLog(run.log, say);
  const onBug = (error: unknown) => say(`a mistake of ours: ${error instanceof Error ? error.stack : error}`);
  let isStopping = false;

  const scorer = createScorer({
    judge: { model: watched.model, principles, secret },
    ...{ plan: run.plan, longest: run.longest, queue: run.queue, timeoutMs: run.timeoutMs, cache: run.cache },
    onTurn: (segments, text) => monitor.add(segments, text),
    onScored(scored, rollout) {
      metrics.scored(scored);
      log?.add(scored, rollout);
    },
    onBug,
  });
  const metrics = createRewardMetrics({
    collapse: monitor.figures,
    judge: watched.state,
    underWay: () => scorer.underWay,
    cached: () => scorer.cached,
  });

  let probed: { readonly at: number; readonly found: Promise<boolean | undefined> } | undefined;
  function reachable(): Promise<boolean | undefined> {
    if (!probed || performance.now() - probed.at > PROBED_MS) {
      probed = { at: performance.now(), found: run.probe() };
    }
    return probed.found;
  }

  async function health(): Promise<Health> {
    const { answers, problem, inFlight } = watched.state();
    // What it did last counts; before its first answer, and after a failure, somebody knocks at its door.
    const isUp = answers === true || ((await reachable()) ?? answers !== false);
    return {
      status: isStopping ? 'stopping' : isUp ? 'ok' : 'judge-unreachable',
      version: run.version,
      judge: {
        model: run.judge.model.name,
        endpoint: run.judge.endpoint,
        reachable: isUp,
        problem,
        inFlight,
      },
      samples: { underWay: scorer.underWay, most: run.queue },
    };
  }

  let server: RewardServer;
  try {
    server = await startRewardServer(host, run.port, {
      routes: rewardRoutes({
        ...{ scorer, metrics, health, collapse: monitor.figures },
        prepare: createPrepare(run.longest),
      }),
      ...{ key: run.key, mostBytes: run.mostBytes, patienceMs: PATIENCE_MS, onBug },
      onAnswer: metrics.answered,
    });
  } catch (error) {
    scorer.close();
    await log?.close();
    throw error;
  }
  const alarm = watchCollapse(monitor.figures, say);

  return {
    port: server.port,
    async stop(graceMs) {
      isStopping = true;
      let givenUp = 0;
      const timer = setTimeout(() => {
        givenUp = scorer.underWay;
        scorer.stop();
      }, graceMs);
      await server.drain();
      clearTimeout(timer);
      alarm.look();
      alarm.close();
      scorer.close();
      await server.close();
      await log?.close();
      return givenUp;
    },
  };
}
