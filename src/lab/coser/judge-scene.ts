import { ModelError } from '../../model/chat-model.ts';
import type { Ask } from '../calls/ask.ts';
import type { Call, LabModel } from '../calls/call.ts';
import { ENVIRONMENT_NAME } from '../gca/decide.ts';
import type { ScenePrompts } from '../prompts/scene-prompts.ts';
import { DIMENSIONS, HER_FAILED, HER_UNREAD, type JudgedFlaw, readFlaws } from './judge-answer.ts';
import { type Bench, judgeRequest, type UnreadAnswer } from './judge-request.ts';
import { type Judgement, type Judgements, keptFlaw, mostSevere } from './judged-case.ts';
import { profilesOf } from './profiles.ts';
import { HONEST_TRIES, type ProtocolRules, RULES } from './protocol.ts';
import type { CoserScene } from './scene.ts';
import { dimensionScore } from './score.ts';
import { type Conversation, keepsReferenceThoughts, referenceOf, transcriptOf } from './transcript.ts';

export type JudgeSceneOptions = {
  readonly scene: CoserScene;
  readonly simulation: Conversation;
  readonly rules: ProtocolRules;
  readonly prompts: ScenePrompts;
  readonly judge: LabModel;
  readonly ask: Ask;
  readonly continueFrom: number;
  /** So often each dimension is judged. */
  readonly times: number;
  readonly readsThoughts: boolean | undefined;
};

/**
 * Judges a scene in the four dimensions, all at once (her-spec 5.1, 5.2). Where the judge cannot be asked,
 * what else was judged is written down all the same before this throws: the scene is then to be judged
 * again, from the journal as far as that goes, and is not invalid. A scene in which no actor took a turn
 * has no judgements: no flaws would be the best score there is.
 *
 * @throws ModelError where the judge cannot be asked; the signal’s reason when aborted
 */
export async function judgeScene(options: JudgeSceneOptions, signal: AbortSignal): Promise<Judgements> {
  const { scene, simulation, rules, prompts, continueFrom, times } = options;
  const readsThoughts = options.readsThoughts ?? rules.judge.readsThoughts;
  const transcript = transcriptOf(simulation, rules, readsThoughts);
  const reference = referenceOf(scene, 0, keepsReferenceThoughts(rules, readsThoughts));
  const fillsNames = rules.protocol === 'fixed';
  const profiles = profilesOf(scene);
  const rounds = simulation.turns.filter(({ name }) => name !== ENVIRONMENT_NAME).length;

  const judged = DIMENSIONS.map(async (dimension): Promise<[string, Judgement[]]> => {
    const system = prompts.critic(scene, { dimension, profiles, reference, continueFrom, fillsNames });
    const bench = { dimension, system, user: prompts.played?.(transcript, dimension) ?? transcript };
    const all = Array.from({ length: rounds === 0 ? 0 : times }, (_, time) =>
      judgeOnce(bench, rounds, time, options, signal),
    );
    return [dimension, await allOf(all)];
  });
  return Object.fromEntries(await allOf(judged)) as Judgements;
}

/** Waits for every one of them, so that nothing goes on unseen once one has failed. */
async function allOf<T>(all: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(all);
  return Promise.all(all);
}

type Counted = { readonly score: number; readonly flaws: readonly JudgedFlaw[] };

/**
 * One judgement. The protocol tries as often as it does, and the honest count reads along, three times at
 * most; where the protocol has come to its score before the honest count could be made, that one goes on
 * asking as `fixed` does.
 */
async function judgeOnce(
  bench: Bench,
  rounds: number,
  time: number,
  { rules, judge, ask }: JudgeSceneOptions,
  signal: AbortSignal,
): Promise<Judgement> {
  const most = Math.max(HONEST_TRIES, rules.judge.tries);
  let own: Counted | undefined;
  let honest: Counted | undefined;
  let unread: UnreadAnswer | undefined;
  let tries = 0;
  for (;;) {
    const isOwn = !own && tries < rules.judge.tries;
    if (!isOwn && (honest || tries >= HONEST_TRIES)) break;
    tries += 1;
    const request = judgeRequest(bench, isOwn ? rules : RULES.fixed, tries, unread);
    const asked = ask(judge, request, { take: time * most + tries, priority: 9 }, signal);
    const answer = await unlessRefused(asked, rules.protocol === 'her' || !isOwn);
    if (!answer) {
      if (isOwn) own = { score: HER_FAILED, flaws: [] };
      break;
    }
    if (isOwn) own = counted(answer.text, bench, rounds, rules);
    if (tries <= HONEST_TRIES) honest ??= counted(answer.text, bench, rounds, RULES.fixed);
    unread = answer;
  }
  const unscored = rules.protocol === 'her' ? HER_UNREAD : null;
  return {
    score: own?.score ?? unscored,
    honest: honest?.score ?? null,
    flaws: (honest ?? own)?.flaws.map(keptFlaw) ?? [],
    tries,
  };
}

/**
 * Undefined where the endpoint refuses a request for what is in it, and that may be: nobody will ever answer
 * it. HER’s evaluator counts 0 then; and one more try for the honest count must not cost the protocol’s own.
 */
async function unlessRefused(asked: Promise<Call>, maybe: boolean): Promise<UnreadAnswer | undefined> {
  try {
    const { text, end } = await asked;
    return { text, wasCut: end === 'length' };
  } catch (error) {
    if (maybe && error instanceof ModelError && error.failure === 'bad-request') return undefined;
    throw error;
  }
}

function counted(
  answer: string,
  { dimension }: Bench,
  rounds: number,
  { protocol }: ProtocolRules,
): Counted | undefined {
  const flaws = readFlaws(answer, dimension, protocol);
  if (!flaws) return undefined;
  return { flaws, score: dimensionScore(flaws, rounds, protocol, (flaw) => mostSevere(dimension, flaw)) };
}
