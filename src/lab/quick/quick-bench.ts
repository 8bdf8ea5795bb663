import type { QuickBench, QuickHouse, QuickScores } from '../../engine/bench-api.ts';
import { OperatorError, PlayerError } from '../../errors.ts';
import type { LabModel } from '../calls/call.ts';
import { createMemoryJournal } from '../calls/memory-journal.ts';
import type { PlannedModel } from '../calls/planned.ts';
import { DIMENSIONS } from '../coser/judge-answer.ts';
import { WHOLE } from '../coser/protocol.ts';
import type { EvalRun } from '../eval/eval-run.ts';
import { OVERALL } from '../eval/figures.ts';
import { planEval } from '../eval/plan.ts';
import { playScenes } from '../eval/play-scenes.ts';
import type { EvalResult, Figure } from '../eval/result.ts';
import { resultOf } from '../eval/run-eval.ts';
import { settingsOfRun } from '../eval/run-settings.ts';
import type { GcaModels } from '../gca/simulate.ts';
import { ourPrompts } from '../prompts/ours.ts';

export type QuickBenchOptions = {
  /** The scenes that are played. */
  data(): Promise<EvalRun['data']>;
  /** The models as they are configured; undefined: there is none. @throws ModelError */
  models(signal: AbortSignal): Promise<Required<GcaModels> | undefined>;
  readonly rounds: number;
  readonly currency: string;
};

/**
 * A benchmark for in between, on the engine of the large one: few scenes, few rounds, protocol `fixed`, one
 * seed. Nothing of it is written down, so that nothing is left, however it ends.
 */
export function createQuickBench({ data, models, rounds, currency }: QuickBenchOptions): QuickBench {
  const played = {
    protocol: 'fixed',
    prompts: ourPrompts(),
    ablation: WHOLE,
    maxRounds: rounds,
    continueFrom: 0,
    choice: 'model',
    times: 1,
  } as const;

  async function open(signal: AbortSignal) {
    const opened = await models(signal);
    if (!opened) {
      throw new PlayerError(
        'No model is set that could be scored. Set MODEL, and OPENAI_BASE_URL where it is served; MODEL_JUDGE names a judge.',
      );
    }
    return { models: opened, data: await data() };
  }

  return {
    async plan(signal) {
      const { models: opened, data: some } = await open(signal);
      const { actor, director, narrator, judge } = opened;
      const { scenes, calls, tokens, cost } = planEval({
        ...played,
        scenes: some.scenes,
        judgeOnly: false,
        models: {
          actor: planned(actor),
          director: planned(director),
          narrator: planned(narrator),
          judge: planned(judge),
        },
      });
      return {
        ...{ scenes, rounds, calls, tokens },
        ...(cost === undefined ? {} : { cost }),
        ...{ actor: actor.model.name, judge: judge.model.name },
      };
    },

    async run({ onProgress, giveWay }, signal) {
      const { models: opened, data: some } = await open(signal);
      const run: EvalRun = {
        ...{ ...played, out: '', data: some, models: guests(opened, giveWay) },
        ...{ seed: 0, currency, remarks: [] },
        progress({ scenes, calls: { all, expected } }) {
          onProgress({ judged: scenes.judged, scenes: scenes.all, answered: all, calls: expected });
        },
      };
      const began = performance.now();
      const told = { settings: settingsOfRun(run), started: new Date().toISOString() };
      const scenes = await playScenes(run, { journal: createMemoryJournal() }, signal);
      const [failure] = scenes.failed;
      if (scenes.played.length === 0 && failure) throw new OperatorError(failure.why);
      return scoresOf(resultOf(run, scenes, told), rounds, (performance.now() - began) / 1000);
    },
  };
}

function planned({ model: { name }, price }: LabModel): PlannedModel {
  return price ? { name, price } : { name };
}

/** Scenes that play go first, whichever part is asked. */
function guests(
  { actor, director, narrator, judge }: Required<GcaModels>,
  giveWay: QuickHouse['giveWay'],
): Required<GcaModels> {
  const guest = (model: LabModel): LabModel => ({
    ...model,
    async ask(request, signal, priority) {
      await giveWay(signal);
      return model.ask(request, signal, priority);
    },
  });
  return { actor: guest(actor), director: guest(director), narrator: guest(narrator), judge: guest(judge) };
}

function scoresOf(
  { manifest, figures, cases, failed }: EvalResult,
  rounds: number,
  seconds: number,
): QuickScores {
  const roles = Object.values(manifest.roles);
  const costs = roles.flatMap(({ cost }) => cost ?? []);
  return {
    scenes: cases.length + failed.length,
    rounds,
    invalid: figures.invalid + failed.length,
    judge: manifest.judge.model,
    actor: manifest.roles['actor']?.model ?? '',
    overall: bare(figures.honest[OVERALL]),
    dimensions: DIMENSIONS.map((name) => ({ name, ...bare(figures.honest[name]) })),
    usable: figures.usable.mean,
    leaks: figures.leaks,
    calls: sumOf(roles.map((role) => role.calls)),
    tokens: sumOf(roles.map(({ promptTokens, completionTokens }) => promptTokens + completionTokens)),
    ...(costs.length > 0 ? { cost: sumOf(costs) } : {}),
    seconds,
  };
}

function bare(figure: Figure | undefined): { mean: number | null; low: number | null; high: number | null } {
  return { mean: figure?.mean ?? null, low: figure?.low ?? null, high: figure?.high ?? null };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
