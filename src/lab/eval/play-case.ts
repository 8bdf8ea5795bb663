import type { Ask } from '../calls/ask.ts';
import { DIMENSIONS } from '../coser/judge-answer.ts';
import { judgeScene } from '../coser/judge-scene.ts';
import type { Judgements } from '../coser/judged-case.ts';
import { likenessOf } from '../coser/likeness.ts';
import { RULES } from '../coser/protocol.ts';
import type { CoserScene } from '../coser/scene.ts';
import { meanOf } from '../coser/score.ts';
import { ENVIRONMENT_NAME } from '../gca/decide.ts';
import { simulateScene } from '../gca/simulate-scene.ts';
import type { Simulation } from '../gca/simulation.ts';
import type { EvalRun } from './eval-run.ts';
import { dimensionOf } from './figures.ts';
import { createLeakWatch } from './leaks.ts';
import type { CaseResult } from './result.ts';
import { listening, type RoleModels } from './role-ask.ts';
import { sceneSeed } from './scene-seed.ts';
import { createSpareTime } from './spare-time.ts';

const inSpareTime = createSpareTime();

/** A scene that was played and judged. */
export type PlayedCase = { readonly result: CaseResult; readonly simulation: Simulation };

/** How far a scene is. */
export type CaseSteps = { onRound(): void; onPlayed(rounds: number): void };

/**
 * Plays a scene, judges it the moment it ends, and counts.
 *
 * @throws ModelError where a model cannot answer; the signal’s reason when aborted
 */
export async function playCase(
  scene: CoserScene,
  { run, models, ask, steps }: { run: EvalRun; models: RoleModels; ask: Ask; steps: CaseSteps },
  signal: AbortSignal,
): Promise<PlayedCase> {
  const rules = RULES[run.protocol];
  const format = { answers: 0, usable: 0, faults: new Map<string, number>(), planned: 0 };
  const leaks = createLeakWatch();
  let ms = 0;
  const heard = listening(ask, models, (role, call, request) => {
    ms += call.usage.msToLast;
    if (role !== 'judge' && role !== 'chooser') leaks.see(request);
    if (role !== 'actor' || !call.format) return;
    format.answers += 1;
    if (call.format.usable) format.usable += 1;
    format.planned += call.format.planned;
    for (const fault of call.format.faults) format.faults.set(fault, (format.faults.get(fault) ?? 0) + 1);
  });

  const simulation = run.played
    ? playedBefore(run.played, scene.id)
    : await simulateScene(
        {
          scene,
          rules,
          prompts: run.prompts,
          models: models.players,
          ask: heard,
          ablation: run.ablation,
          maxRounds: run.maxRounds,
          continueFrom: run.continueFrom,
          choice: run.choice,
          seed: sceneSeed(run.seed, scene.id),
          onRound: () => steps.onRound(),
        },
        signal,
      );
  const rounds = simulation.turns.length + simulation.silent.length;
  steps.onPlayed(rounds);
  const judgements = await judgeScene(
    {
      scene,
      simulation,
      rules,
      prompts: run.prompts,
      judge: models.judge,
      ask: heard,
      continueFrom: run.continueFrom,
      times: run.times,
      readsThoughts: run.ablation.judgeThoughts,
    },
    signal,
  );
  // Only now: whoever waits for a judge comes first.
  const likeness = await inSpareTime(() =>
    likenessOf(scene, simulation, rules, {
      from: run.continueFrom,
      readsThoughts: run.ablation.judgeThoughts,
    }),
  );
  const result: CaseResult = {
    id: scene.id,
    book: scene.book,
    topic: scene.topic,
    actorTurns: simulation.turns.filter(({ name }) => name !== ENVIRONMENT_NAME).length,
    rounds,
    end: simulation.end,
    silent: simulation.silent.length,
    judgements,
    ...scoresOf(judgements),
    ...likeness,
    format: {
      ...format,
      faults: Object.fromEntries([...format.faults].sort(([a], [b]) => (a < b ? -1 : 1))),
      leaks: leaks.count(simulation),
    },
    ms: Math.round(ms),
  };
  return { result, simulation };
}

function playedBefore({ simulations }: NonNullable<EvalRun['played']>, id: string): Simulation {
  const found = simulations.get(id);
  if (!found) throw new Error(`nobody played ${id}`);
  return found;
}

/** Means of the dimensions; a case with a judgement missing is invalid, however many others it has. */
export function scoresOf(judgements: Judgements): Pick<CaseResult, 'score' | 'honest' | 'invalid'> {
  const mean = (kind: 'score' | 'honest') => {
    const all = DIMENSIONS.map((dimension) => dimensionOf({ judgements }, dimension, kind));
    const read = all.filter((one) => one !== null);
    return read.length < DIMENSIONS.length ? null : (meanOf(read) ?? null);
  };
  const invalid = DIMENSIONS.some((dimension) => {
    const all = judgements[dimension] ?? [];
    return all.length === 0 || all.some(({ honest }) => honest === null);
  });
  return { score: mean('score'), honest: invalid ? null : mean('honest'), invalid };
}
