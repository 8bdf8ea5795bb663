import type { Choice } from '../../../engine/choices/choice.ts';
import { readChoices } from '../../../engine/choices/read-choices.ts';
import type { Principle } from '../../../judge/principles/principle.ts';
import { judgePair } from '../../../judge/verdict/judge-pair.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import type { PairJudge } from '../../calls/asking.ts';
import type { LabModel } from '../../calls/call.ts';
import { inOrder } from '../../folder/in-order.ts';
import { type Agreed, agreedAtPlay, agreedNow, comparesTwo } from './agreed.ts';
import { type Agreement, agreementOf } from './agreement.ts';

export type AgreementRun = {
  readonly store: Pick<SceneStore, 'ids' | 'get'>;
  /** Scenes by their ids; none: all of them. */
  readonly scenes: readonly string[];
  /** Of the intervals. */
  readonly seed: number;
  /** Asks judges anew, about choices whose words may be kept. */
  readonly ask?: {
    readonly judges: readonly LabModel[];
    readonly asking: (judge: LabModel) => PairJudge;
    readonly principles: readonly Principle[];
    readonly secret: string;
    readonly concurrency: number;
  };
};

/**
 * How judges agree with what people chose in scenes of a store. Of choices made through Discord there are
 * hashes alone: what was judged at play counts, and nobody can be asked anew.
 *
 * @throws the signal's reason when aborted
 */
export async function runAgreement(run: AgreementRun, signal: AbortSignal): Promise<Agreement> {
  const agreed: Agreed[] = [];
  const people = new Set<string>();
  let choices = 0;
  let comparing = 0;
  async function* counted(): AsyncGenerator<Choice> {
    for await (const choice of readChoices(run.store, signal)) {
      if (!isOf(run.scenes, choice)) continue;
      choices += 1;
      if (!comparesTwo(choice)) continue;
      comparing += 1;
      people.add(choice.by);
      agreed.push(...agreedAtPlay(choice));
      yield choice;
    }
  }
  const { ask } = run;
  const asked = inOrder(counted(), ask?.concurrency ?? 1, async (choice) =>
    ask ? askedAnew(choice, ask, signal) : [],
  );
  for await (const some of asked) agreed.push(...some);
  return { choices, comparing, people: people.size, judges: agreementOf(agreed, run.seed) };
}

/** A log is called by its scene, `web:quay#1`. */
function isOf(scenes: readonly string[], { log }: Choice): boolean {
  return scenes.length === 0 || scenes.some((scene) => log === scene || log.startsWith(`${scene}#`));
}

async function askedAnew(
  choice: Choice,
  { judges, asking, principles, secret }: NonNullable<AgreementRun['ask']>,
  signal: AbortSignal,
): Promise<readonly Agreed[]> {
  if (choice.origin === 'discord' || !choice.seen?.better) return [];
  const { context, better, worse } = choice.seen;
  const verdicts = judges.flatMap((judge) =>
    worse.map(async (other) => {
      const [first, second] = [{ segments: better }, { segments: other }];
      const { model } = asking(judge);
      const verdict = await judgePair({ model, context, principles, first, second, secret }, signal);
      return verdict.how === 'judged' ? [agreedNow(choice.log, judge.model.name, verdict)] : [];
    }),
  );
  return (await Promise.all(verdicts)).flat();
}
