import type { LabModel } from '../../calls/call.ts';
import { hashOf } from '../../calls/call.ts';
import type { ActorFormat, ActorSheet } from '../engine/actor.ts';
import { createChatUser } from '../engine/chat-user.ts';
import { createHerActor, herWords } from '../engine/her-actor.ts';
import { givenMessage } from '../engine/message.ts';
import { createPlainActor } from '../engine/plain-actor.ts';
import type { Style, Work } from '../engine/style.ts';
import { DIMENSIONS, PENALTIES, WEIGHTS } from './dimensions.ts';
import { JUDGE_AGAIN, JUDGE_RULES, JUDGE_SCHEMA } from './judge-words.ts';
import { LONGEST_ANSWER, minimaxJudging } from './judging.ts';
import { actorWords, userWords } from './play-words.ts';
import { pillarsOf, type Scores } from './score.ts';
import type { Seed } from './seed.ts';

export type MinimaxWork = Work & { readonly seed: Seed };

export type MinimaxOptions = {
  readonly seeds: readonly Seed[];
  /** Lines in all, the user’s too, from the user’s first one on. */
  readonly turns: number;
  readonly runs: number;
  /** Lines that are judged at once. */
  readonly chunk: number;
  readonly models: { readonly actor: LabModel; readonly user: LabModel };
  readonly format: ActorFormat;
  /** What fences are drawn from. */
  readonly secret: string;
};

/** To be read wherever a figure of this is. */
export const MINIMAX_REMARK =
  'In the style of MiniMax Role-Play Bench, and not that benchmark: its judge, prompts, user simulator, penalties and normalisation are unpublished. These are ours, and no figure compares with its leaderboard or with a table that quotes it.';

const HASHED = [JUDGE_RULES, JUDGE_AGAIN, JUDGE_SCHEMA, PENALTIES, WEIGHTS];
const JUDGE_HASH = hashOf(HASHED).slice(0, 12);
const JUDGE_TEXTS = { judge: JUDGE_RULES, 'judge, second try': JUDGE_AGAIN };

/** Long role-play with a simulated user, judged for faults in chunks (lab.md 2, her-spec 5.6). */
export function minimaxStyle(options: MinimaxOptions): Style<MinimaxWork> {
  const { models, format } = options;
  return {
    ...minimaxJudge(options.secret),
    works: minimaxWorks(options),
    prompts: promptsOf(options),
    remarks: [MINIMAX_REMARK],
    partsOf({ seed }, { dice, askAs }) {
      const sheet = sheetOf(seed);
      const acting = { ask: askAs('actor'), dice, priority: 3 };
      return {
        actor:
          format === 'her'
            ? createHerActor(models.actor, sheet, acting)
            : createPlainActor(models.actor, sheet, actorWords(seed), acting),
        user: createChatUser(models.user, sheet, userWords(seed), { ...acting, ask: askAs('user') }),
      };
    },
  };
}

/** What is played, run by run: whoever stops early has each seed once. */
export function minimaxWorks(
  options: Pick<MinimaxOptions, 'seeds' | 'turns' | 'runs' | 'chunk'>,
): readonly MinimaxWork[] {
  return Array.from({ length: options.runs }, (_, at) => at + 1).flatMap((run) =>
    options.seeds.map((seed) => workOf(seed, run, options)),
  );
}

/** All of it that has to do with judging: the same for dialogues that others published. */
export function minimaxJudge(
  secret: string,
): Pick<
  Style<MinimaxWork>,
  | 'benchmark'
  | 'protocol'
  | 'dimensions'
  | 'scale'
  | 'prompts'
  | 'judging'
  | 'figuresOf'
  | 'labels'
  | 'leavesOutRefusals'
  | 'sampling'
> {
  return {
    benchmark: 'minimax-style',
    protocol: 'in the style of MiniMax Role-Play Bench',
    dimensions: DIMENSIONS,
    scale: { least: 0, most: 100 },
    leavesOutRefusals: false,
    sampling: { judge: { temperature: 0, maxTokens: LONGEST_ANSWER } },
    prompts: { source: 'ours', hash: JUDGE_HASH, judge: JUDGE_HASH, texts: JUDGE_TEXTS },
    judging: ({ seed }, chunk, model) => minimaxJudging(seed, chunk, model, secret),
    figuresOf: (means) => ({ ...pillarsOf(means as Scores), ...means }),
    labels: {
      overall: 'Overall',
      worlds: 'Worlds (50 %)',
      stories: 'Stories (25 %)',
      preferences: 'User Preferences (25 %)',
      ...Object.fromEntries(DIMENSIONS.map(({ id, label }) => [id, label])),
    },
  };
}

/** All prompts of a run, of nobody in particular. */
function promptsOf({ format, models }: MinimaxOptions): Style['prompts'] {
  const blank: Seed = {
    id: '',
    ai_name: '[character]',
    ai_setting: '[who it is]',
    user_name: '[user]',
    user_setting: '[who the user is]',
    ai_prologue: '',
    initial_user_input: '',
  };
  const texts = {
    ...JUDGE_TEXTS,
    user: userWords(blank),
    actor: format === 'her' ? herWords(models.actor.model) : actorWords(blank),
  };
  return { source: 'ours', hash: hashOf([HASHED, texts]).slice(0, 12), judge: JUDGE_HASH, texts };
}

function workOf(
  seed: Seed,
  run: number,
  { turns, chunk }: Pick<MinimaxOptions, 'turns' | 'chunk'>,
): MinimaxWork {
  return {
    id: `${seed.id}/run_${run}`,
    cluster: seed.id,
    title: `${seed.ai_name} and ${seed.user_name}`,
    run,
    seed,
    opening: [givenMessage('actor', seed.ai_prologue), givenMessage('user', seed.initial_user_input)],
    exchanges: Math.ceil(turns / 2),
    perChunk: Math.max(1, Math.floor(chunk / 2)),
  };
}

function sheetOf(seed: Seed): ActorSheet {
  const user = { name: seed.user_name, sheet: seed.user_setting };
  return { name: seed.ai_name, setting: seed.ai_setting, user };
}
