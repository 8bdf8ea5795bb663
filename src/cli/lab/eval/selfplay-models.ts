import type { Settings } from '../../../config/environment.ts';
import type { LabModel } from '../../../lab/calls/call.ts';
import type { PlannedModel } from '../../../lab/calls/planned.ts';
import { type LabRole, openModelsFor } from '../open-lab-models.ts';
import type { SelfplayFlags } from './selfplay-flags.ts';

type Asked = Pick<SelfplayFlags, 'actor' | 'user' | 'judges' | 'concurrency' | 'dialogues'>;

export type SelfplayModels = {
  /** Absent where dialogues that were played before are judged. */
  readonly players?: { readonly actor: LabModel; readonly user: LabModel };
  readonly judges: readonly LabModel[];
};

/**
 * Opens the tested model, the simulated user (--user, else MODEL_USER, else the tested model) and the judges.
 * @throws BadUse where one is not set; ModelError where an endpoint does not say what it serves
 */
export async function openSelfplayModels(
  settings: Settings,
  { actor, user, judges, concurrency, dialogues }: Asked,
  signal: AbortSignal,
): Promise<SelfplayModels> {
  const names = judges.length > 0 ? [...new Set(judges)] : [undefined];
  const critics = names.map((name) => ({ role: 'judge' as const, name }));
  if (dialogues !== undefined) {
    return { judges: await openModelsFor(settings, critics, concurrency, signal) };
  }
  const players = [
    { role: 'actor' as const, name: actor },
    { role: 'user' as const, name: user },
  ];
  const opened = await openModelsFor(settings, [...players, ...critics], concurrency, signal);
  const [tested, simulated, ...rest] = opened;
  if (!tested || !simulated) throw new Error('no model was opened');
  return { players: { actor: tested, user: simulated }, judges: rest };
}

/** What is known of the models without asking anybody. */
export function plannedSelfplayModels(settings: Settings, { actor, user, judges }: Asked) {
  const { models, offered, userModel } = settings;
  const planned = (role: LabRole, name: string | undefined): PlannedModel => {
    const offer = offered.find(({ id, takesKey }) => id === name && !takesKey)?.settings;
    const own = offer ?? (role === 'user' ? models.actor : (models[role] ?? models.actor));
    const price = own?.price;
    return {
      name: offer?.name ?? name ?? own?.name ?? '(not set)',
      ...(price ? { price: { ...price, cached: price.cached ?? price.prompt } } : {}),
    };
  };
  const asked = judges.length > 0 ? judges : [undefined];
  return {
    actor: planned('actor', actor),
    user: planned('user', user ?? userModel),
    judges: asked.map((name) => planned('judge', name)),
  };
}
