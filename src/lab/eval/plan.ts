import {
  type Planned,
  type PlannedModel,
  type PlannedRole,
  plannedOf,
  plannedRole,
} from '../calls/planned.ts';
import { DIMENSIONS } from '../coser/judge-answer.ts';
import { profilesOf } from '../coser/profiles.ts';
import { type Ablation, type ProtocolRules, RULES } from '../coser/protocol.ts';
import type { CoserScene } from '../coser/scene.ts';
import type { Protocol } from '../coser/severity.ts';
import { ENVIRONMENT_NAME } from '../gca/decide.ts';
import type { ScenePrompts } from '../prompts/scene-prompts.ts';
import { ROLES, type Role } from './role-ask.ts';

export type PlanInput = {
  readonly scenes: readonly CoserScene[];
  readonly protocol: Protocol;
  readonly prompts: ScenePrompts;
  readonly ablation: Ablation;
  readonly maxRounds: number;
  readonly continueFrom: number;
  readonly choice: 'model' | 'random';
  readonly times: number;
  /** Nothing is played: it was before. */
  readonly judgeOnly: boolean;
  readonly models: Readonly<Record<'actor' | 'director' | 'narrator' | 'judge', PlannedModel>>;
};

/** What a run may take at most, each scene played to its last round and every judgement read at once. */
export type EvalPlan = Planned & { readonly scenes: number };

const CHARACTERS_PER_TOKEN = 4;
/** HER's plans are of about so many tokens. */
const PLAN_TOKENS = 120;
const CHOICE_TOKENS = 40;
const JUDGEMENT_TOKENS = 400;
/** Of a pairwise verdict: principles and two drafts in, a verdict out; two orders for each draft but one. */
const CHOOSING = { prompt: 2000, completion: 250 };

/**
 * Estimates calls, tokens and price from the records alone: turns as long as those of the reference
 * conversation, four characters a token, nothing read from a server’s cache.
 */
export function planEval(input: PlanInput): EvalPlan {
  const sums = new Map(ROLES.map((role) => [role, { calls: 0, prompt: 0, completion: 0 }]));
  const add = (role: Role, calls: number, prompt: number, completion: number) => {
    const sum = sums.get(role);
    if (!sum) return;
    sum.calls += calls;
    sum.prompt += calls * prompt;
    sum.completion += calls * completion;
  };
  for (const scene of input.scenes) planScene(scene, input, add);

  const { models } = input;
  const roles = ROLES.flatMap((role): [string, PlannedRole][] => {
    const { calls = 0, prompt = 0, completion = 0 } = sums.get(role) ?? {};
    if (calls === 0) return [];
    return [[role, plannedRole(models[role === 'chooser' ? 'judge' : role], calls, prompt, completion)]];
  });
  return { scenes: input.scenes.length, ...plannedOf(roles) };
}

type Add = (role: Role, calls: number, prompt: number, completion: number) => void;

function planScene(scene: CoserScene, input: PlanInput, add: Add): void {
  const { prompts, ablation, maxRounds, times, protocol } = input;
  const rules = RULES[protocol];
  const turn = turnLengths(scene, ablation);
  const given = Math.min(input.continueFrom, scene.dialogues.length, maxRounds);
  const rounds = maxRounds - given;
  // On the way through a scene half of its turns stand in a prompt, those that were given always.
  const history = (given + rounds / 2) * turn.visible;
  const lines = scene.dialogues.filter(({ character }) => character === ENVIRONMENT_NAME).length;
  const narrated = Math.round((rounds * lines) / scene.dialogues.length);

  if (!input.judgeOnly) {
    const acted = rounds - narrated;
    const { actor, narrator, director } = systems(scene, input, rules);
    add(
      'actor',
      acted * ablation.bestOf,
      tokens(actor) + history,
      turn.whole + (ablation.plan ? PLAN_TOKENS : 0),
    );
    add('narrator', narrated, tokens(narrator) + history, turn.visible);
    if (input.choice === 'model') add('director', rounds, tokens(director) + history, CHOICE_TOKENS);
    const pairs = acted * (ablation.bestOf - 1);
    add('chooser', 2 * pairs, CHOOSING.prompt + history, CHOOSING.completion);
  }
  const readsThoughts = ablation.judgeThoughts ?? rules.judge.readsThoughts;
  const transcript = maxRounds * (readsThoughts ? turn.whole : turn.visible);
  for (const dimension of DIMENSIONS) {
    const critic = prompts.critic(scene, {
      dimension,
      profiles: profilesOf(scene),
      reference: scene.dialogues.map(({ character, message }) => `${character}: ${message}`).join('\n\n'),
      continueFrom: given,
      fillsNames: protocol === 'fixed',
    });
    add('judge', times, tokens(critic.length) + transcript, JUDGEMENT_TOKENS);
  }
}

/** Characters of the system prompts; of actors the mean. */
function systems(scene: CoserScene, { prompts, ablation }: PlanInput, rules: ProtocolRules) {
  const draw = () => 0;
  const people = scene.speaking_characters_w_env.filter((name) => name !== ENVIRONMENT_NAME);
  const profiles = profilesOf(scene);
  const actors = people.map(
    (name) => prompts.actor(scene, name, { ...ablation, motivation: '', profiles, draw }).length,
  );
  const minds = rules.readsThoughtField
    ? sum(scene.key_characters.map(({ thought = '' }) => thought.length))
    : 0;
  return {
    actor: (sum(actors) + minds) / Math.max(1, people.length),
    narrator: prompts.narrator(scene, draw).length,
    director: prompts.director(scene, [...new Set([...scene.speaking_characters_w_env, ENVIRONMENT_NAME])])
      .length,
  };
}

/** Tokens of a turn of the reference conversation, with its thoughts and without. */
function turnLengths({ dialogues }: CoserScene, { thoughts }: Ablation) {
  const all = dialogues.map(({ message }) => message);
  const visible = tokens(sum(all.map((one) => one.replace(/\[[^\]]*\]/gu, '').length)) / all.length);
  const whole = tokens(sum(all.map(({ length }) => length)) / all.length);
  return { visible, whole: thoughts ? whole : visible };
}

function tokens(characters: number): number {
  return characters / CHARACTERS_PER_TOKEN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
