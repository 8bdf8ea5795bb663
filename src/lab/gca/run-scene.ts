import { type Decide, drawNext } from './decide.ts';
import { END_CHAT } from './reference-next-speaker.ts';
import type { GcaChoice, GcaEnd, GcaSilence, GcaTurn, Simulation } from './simulation.ts';
import type { SceneStage } from './stage-of.ts';
import type { Troupe } from './troupe.ts';

export type SceneRun = {
  readonly stage: SceneStage;
  readonly troupe: Troupe;
  readonly maxRounds: number;
  /** So many turns of the reference conversation come first. */
  readonly continueFrom: number;
  /** `model`: the next speaker is predicted; `random`: drawn. */
  readonly choice: 'model' | 'random';
  readonly decide: Decide;
  /** 0…1 for each round: what is left to chance. */
  draw(round: number): number;
  onRound?(round: number): void;
};

/** So many rounds in a row without a usable turn end a scene. */
const MOST_SILENT = 3;

/**
 * One scene of Given-Circumstance Acting (CoSER, arXiv 2502.09082; the loop of her-spec 4.5 with the rules
 * of 4.6): who is on acts, all others perceive it as they may, and after every turn a director predicts
 * who is next. The troupe plays the parts.
 *
 * @throws ModelError where a part’s model cannot answer; the signal’s reason when aborted
 */
export async function runScene(run: SceneRun, signal: AbortSignal): Promise<Simulation> {
  const { stage, troupe } = run;
  const turns: GcaTurn[] = [];
  const choices: GcaChoice[] = [];
  const silences: GcaSilence[] = [];
  let silentInRow = 0;
  let current: string | undefined = stage.first;
  let end: GcaEnd = 'rounds';

  for (let round = 0; round < run.maxRounds && current !== undefined; round += 1) {
    signal.throwIfAborted();
    const name: string = current;
    const given = givenIn(run, round);
    const acted = given ? troupe.give(name, given.message) : await troupe.act(name, round, signal);
    const { segments, named, faults, planned, attempts } = acted;
    const silent = segments.length === 0;
    if (silent) silences.push({ round, name, faults });
    else turns.push({ round, name, segments, named, injected: !!given, faults, planned, attempts });
    silentInRow = silent && !given ? silentInRow + 1 : 0;
    troupe.hear(name, acted);
    if (silentInRow === MOST_SILENT) {
      end = 'silence';
      run.onRound?.(round);
      break;
    }
    const choice = await chooseNext(run, name, round, signal);
    choices.push(choice);
    troupe.told(choice);
    if (choice.next === undefined) end = choice.predicted === END_CHAT ? 'end-chat' : 'nobody';
    current = choice.next;
    run.onRound?.(round);
  }
  return { turns, choices, silent: silences.map(({ round }) => round), silences, end };
}

function givenIn({ stage, continueFrom }: SceneRun, round: number) {
  return round < continueFrom ? stage.dialogues[round] : undefined;
}

async function chooseNext(
  run: SceneRun,
  current: string,
  round: number,
  signal: AbortSignal,
): Promise<GcaChoice> {
  // What the reference conversation goes on with is so, whoever spoke before.
  const given = givenIn(run, round + 1)?.character;
  if (given !== undefined) return { round, predicted: given, next: given, rule: 'injected' };
  const draw = () => run.draw(round);
  if (run.choice === 'random') {
    const drawn = drawNext(current, run.stage, draw);
    return { round, predicted: drawn.next ?? 'random', ...drawn };
  }
  const { name: predicted, reason } = await run.troupe.predict(current, round, signal);
  const decision = run.decide(predicted, current, round, run.stage, draw);
  return { round, predicted, ...decision, ...(reason ? { reason } : {}) };
}
