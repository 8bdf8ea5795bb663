import type { Ask } from '../calls/ask.ts';
import type { Call, LabModel } from '../calls/call.ts';
import type { GcaModels } from '../gca/simulate.ts';
import type { Trace } from './trace.ts';

/** Who is asked. `chooser`: the judge, where it chooses among drafts of a turn. */
export const ROLES = ['actor', 'director', 'narrator', 'judge', 'chooser'] as const;
export type Role = (typeof ROLES)[number];

/** The models of a run with the part each plays, also where one model plays several. */
export type RoleModels = {
  /** For who plays: the director asks its own model, and so on. */
  readonly players: Required<GcaModels>;
  readonly judge: LabModel;
  roleOf(model: LabModel): Role;
};

/** Each part gets its model as an object of its own, so that what it asks is known as its. */
export function roleModels(
  { actor, director, narrator, judge }: Required<GcaModels>,
  trace?: Pick<Trace, 'traced'>,
): RoleModels {
  const own = (role: Role, model: LabModel) => trace?.traced(role, model) ?? { ...model };
  const models: Readonly<Record<Role, LabModel>> = {
    actor: own('actor', actor),
    director: own('director', director),
    narrator: own('narrator', narrator),
    judge: own('judge', judge),
    chooser: own('chooser', judge),
  };
  const roles = new Map(ROLES.map((role) => [models[role], role]));
  const { chooser, judge: critic, ...players } = models;
  return {
    players: { ...players, judge: chooser },
    judge: critic,
    roleOf: (model) => roles.get(model) ?? 'chooser',
  };
}

/** Asks as `ask` does, and tells of every answer whose it was and what was asked. */
export function listening(
  ask: Ask,
  { roleOf }: RoleModels,
  onAnswer: (role: Role, call: Call, request: Parameters<Ask>[1]) => void,
): Ask {
  return async (model, request, options, signal) => {
    const call = await ask(model, request, options, signal);
    onAnswer(roleOf(model), call, request);
    return call;
  };
}
