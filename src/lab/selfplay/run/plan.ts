import {
  type Planned,
  type PlannedModel,
  type PlannedRole,
  plannedOf,
  plannedRole,
} from '../../calls/planned.ts';
import type { Work } from '../engine/style.ts';

/** What a run takes where every answer can be used at once. */
export type SelfplayPlan = Planned & { readonly dialogues: number };

/** Tokens; of a line by user and model alike, of what a part is told beside the dialogue, of a judgement. */
const LINE = 120;
const SYSTEM = 900;
const JUDGE_RULES = 1100;
const JUDGEMENT = 700;

/**
 * Estimates calls, tokens and price from the length of the dialogues alone, nothing read from a cache.
 * @param times so often each chunk is judged
 */
export function planSelfplay(
  works: readonly Work[],
  {
    played,
    times,
  }: { /** False: they were played before. */ readonly played: boolean; readonly times: number },
  models: {
    readonly actor: PlannedModel;
    readonly user: PlannedModel;
    readonly judges: readonly PlannedModel[];
  },
): SelfplayPlan {
  const roles: [string, PlannedRole][] = [];
  if (played) {
    const turns = sum(works.map(({ exchanges }) => exchanges));
    // On its way a dialogue is read half on the average.
    const read = sum(works.map(({ exchanges }) => exchanges * (SYSTEM + exchanges * LINE)));
    const given = works.filter(({ opening }) => opening.at(-1)?.by === 'user').length;
    roles.push(['actor', plannedRole(models.actor, turns, read, turns * LINE)]);
    roles.push(['user', plannedRole(models.user, turns - given, read, (turns - given) * LINE)]);
  }
  const chunks = sum(works.map(({ exchanges, perChunk }) => times * Math.ceil(exchanges / perChunk)));
  const judged = sum(works.map(({ exchanges }) => times * exchanges * 2 * LINE * 2)) + chunks * JUDGE_RULES;
  for (const judge of models.judges) {
    roles.push([`judge ${judge.name}`, plannedRole(judge, chunks, judged, chunks * JUDGEMENT)]);
  }
  return { dialogues: works.length, ...plannedOf(roles) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
