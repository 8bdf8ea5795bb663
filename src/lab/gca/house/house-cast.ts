import { blankCharacter } from '../../../cast/blank-character.ts';
import type { Character } from '../../../cast/character.ts';
import { namesOf } from '../../../cast/name-parts.ts';
import type { Candidate } from '../../../director/predict.ts';
import { createNames } from '../../../format/labels.ts';
import { filledText, harmlessProse } from '../../../performer/filled-text.ts';
import { characterActorId, ENVIRONMENT } from '../../../scene/beat.ts';
import { motivationOf, profilesOf } from '../../coser/profiles.ts';
import type { CoserScene } from '../../coser/scene.ts';
import { ENVIRONMENT_NAME } from '../decide.ts';
import type { SceneStage } from '../stage-of.ts';

/** A speaking character of a record, as the engine that plays in Discord knows characters. */
export type HousePerson = Candidate & {
  readonly character: Character;
  /** What anyone in the room could know of it. */
  readonly publicSheet: string;
};

export type HouseCast = {
  readonly setting: string;
  readonly people: readonly HousePerson[];
  /** All who may be next. */
  readonly candidates: readonly Candidate[];
};

/**
 * The cast of a record: profiles are known to all of them, as both evaluators have it; what a character has
 * in mind is in its own sheet alone (her-spec 2.3 V5, 4.6 G4).
 */
export function houseCast(
  scene: CoserScene,
  { speaking }: Pick<SceneStage, 'speaking'>,
  readsThought: boolean,
): HouseCast {
  const profiles = profilesOf(scene);
  const names = speaking.filter((name) => name !== ENVIRONMENT_NAME);
  const people = names.map((name, at): HousePerson => {
    const profile = profiles.get(name) ?? '';
    const id = String(at + 1);
    const others = createNames(
      undefined,
      names.filter((other) => other !== name),
    );
    return {
      ...{ id: characterActorId(id), name, kind: 'character', names: namesOf({ name, aliases: [] }) },
      character: characterOf(id, name, profile, motivationOf(scene, name, readsThought)),
      publicSheet: filledText(profile, { char: name, user: '' }, others),
    };
  });
  const world: Candidate = { ...ENVIRONMENT, names: [ENVIRONMENT.name], kind: 'environment' };
  return { setting: harmlessProse(scene.scenario), people, candidates: [...people, world] };
}

function characterOf(id: string, name: string, profile: string, motivation: string): Character {
  return {
    ...blankCharacter(id, name),
    motivation,
    // Without a word of its own no prompt would say whose part it is.
    description: profile || `${name} has a part in this scene.`,
    publicSheet: profile,
  };
}
