import type { PlannedModel, PlannedRole } from '../../calls/planned.ts';
import type { Work } from '../engine/style.ts';

/** What a run takes where every answer can be used at once. */
export type SelfplayPlan = {
  readonly dialogues: number;
  readonly calls: number;
  readonly tokens: number;
  readonly cost?: number;
  readonly roles: Readonly<Record<string, PlannedRole>>;
};

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
    roles.push(['actor', role(models.actor, turns, read, turns * LINE)]);
    roles.push(['user', role(models.user, turns - given, read, (turns - given) * LINE)]);
  }
  const chunks = sum(works.map(({ exchanges, perChunk }) => times * Math.ceil(exchanges / perChunk)));
  const judged = sum(works.map(({ exchanges }) => times * exchanges * 2 * LINE * 2)) + chunks * JUDGE_RULES;
  for (const judge of models.judges) {
    roles.push([`judge ${judge.name}`, role(judge, chunks, judged, chunks * JUDGEMENT)]);
  }
  const all = roles.map(([, one]) => one);
  const costs = all.flatMap(({ cost }) => cost ?? []);
  return {
    dialogues: works.length,
    calls: sum(all.map(({ calls }) => calls)),
    tokens: sum(all.map(({ promptTokens, completionTokens }) => promptTokens + completionTokens)),
    ...(costs.length > 0 ? { cost: sum(costs) } : {}),
    roles: Object.fromEntries(roles),
  };
}

function role({ name, price }: PlannedModel, calls: number, prompt: number, completion: number): PlannedRole {
  const [promptTokens, completionTokens] = [Math.round(prompt), Math.round(completion)];
  const cost = price && (prompt * price.prompt + completion * price.completion) / 1e6;
  return { model: name, calls, promptTokens, completionTokens, ...(cost === undefined ? {} : { cost }) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
