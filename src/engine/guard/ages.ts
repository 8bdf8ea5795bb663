import type { Character } from '../../cast/character.ts';
import { ageOf, isAgeRestricted } from '../../safety/age.ts';
import type { ActorId } from '../../scene/beat.ts';
import { presentCharacters } from '../../scene/scene-state.ts';
import { say, type Text } from '../../words/text.ts';
import { cardOf } from '../card-of.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';
import type { Guard } from './guard-api.ts';

/** Stands in prompts where anyone may be watching. */
const FOR_EVERYONE =
  'People of any age may be watching this scene: nothing sexual happens in it, and cruelty is not dwelt upon.';

/** Who may play where, by age: see `Guard`. */
export function createAges(
  room: EngineRoom,
): Pick<Guard, 'refusalOf' | 'barred' | 'grownUp' | 'audienceRule'> {
  function isMarked(record: SceneRecord): boolean {
    return room.stage(record)?.ageRestricted?.(record) ?? false;
  }

  function grownUp(record: SceneRecord): boolean {
    return isGrownUp({ ...record, ageRestricted: isMarked(record) }, room.rulesFor(record).ageRestricted);
  }

  return {
    async refusalOf(place, character) {
      const { ageRestricted } = await room.settings.rules(place);
      return refusal(place, isGrownUp(place, ageRestricted), character);
    },
    async barred({ record, state }) {
      const here = grownUp(record);
      const barred = new Map<ActorId, Text>();
      for (const { id } of presentCharacters(state)) {
        const character = cardOf(room.libraryOf(record), id);
        const why = character && refusal(record, here, character);
        if (why) barred.set(id, why);
      }
      return barred;
    },
    grownUp,
    audienceRule: (record) => (record.stage === 'discord' && !grownUp(record) ? FOR_EVERYONE : ''),
  };
}

type Around = Pick<SceneRecord, 'stage' | 'server'>;

/** Never in direct messages, which belong to no server; and where the server allows it, in marked channels only. */
function isGrownUp(
  { stage, server, ageRestricted }: Around & { readonly ageRestricted?: boolean },
  allowed: boolean,
): boolean {
  return stage === 'discord' && server !== undefined && ageRestricted === true && allowed;
}

function refusal({ stage }: Around, grownUp: boolean, character: Character): Text | undefined {
  const { name } = character;
  // Whoever plays on their own machine is nobody's audience; but what is for adults is played by adults.
  const mature = grownUp || (stage !== 'discord' && isAgeRestricted(character));
  if (mature && ageOf(character) !== 'adult') {
    return say(
      '{{name}} does not play here: their card states no adult age, and this is a place for adults.',
      {
        name,
      },
    );
  }
  if (stage === 'discord' && !grownUp && isAgeRestricted(character)) {
    return say(
      '{{name}} is for adults only: they play in age-restricted channels, where the server allows it (/config, ageRestricted).',
      { name },
    );
  }
  return undefined;
}
