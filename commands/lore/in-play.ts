import type { CommandContext } from '../../src/engine/command/command.ts';
import type { LevelOfPlace, ShownSetting } from '../../src/engine/settings/settings-api.ts';

/** Which worlds are in play at one level of a place. */
export type InPlay = {
  /** As they hold there, whether set there or further out. */
  readonly worlds: readonly string[];
  /** As that level itself has them. */
  readonly own: readonly string[] | undefined;
};

/** @param here the levels of the place, the one that counts first first */
export function inPlayAt(shown: ShownSetting, level: LevelOfPlace, here: readonly LevelOfPlace[]): InPlay {
  const rank = (one: LevelOfPlace) => here.findIndex((other) => other.level === one.level);
  const outward = shown.set.filter((one) => rank(one.level) >= rank(level));
  const own = outward.find((one) => one.level.level === level.level);
  const byDefault = shown.source === 'default' ? shown.value : [];
  return { worlds: idsIn(outward[0]?.value ?? byDefault), own: own && idsIn(own.value) };
}

/** The setting `worlds` as it holds in that place, for one character where it is named. */
export async function worldsSet(
  { engine, place }: Pick<CommandContext, 'engine' | 'place'>,
  cardId: string | undefined,
): Promise<ShownSetting> {
  const found = (await engine.settings.show(place, cardId)).find(({ name }) => name === 'worlds');
  if (!found) throw new Error('there is no setting for worlds');
  return found;
}

function idsIn(value: ShownSetting['value']): readonly string[] {
  return typeof value === 'object' ? value : [];
}
