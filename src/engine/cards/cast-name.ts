import type { Library } from '../../cast/library/library-api.ts';
import { castNameFault, plainCastName } from '../../safety/cast-name.ts';
import { lookAlikeOf } from '../../safety/look-alike.ts';
import { say, type Text } from '../../words/text.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { Desk } from './cards-api.ts';
import { isStaffName, staffNameWords } from './staff-name.ts';

/**
 * Why a character may not be called so where somebody works on cards; undefined where it may.
 *
 * @param except the card that bears the name
 */
export async function castNameRefusal(
  room: EngineRoom,
  library: Library,
  desk: Desk,
  name: string,
  except?: string,
): Promise<Text | undefined> {
  const plain = plainCastName(name);
  const fault = castNameFault(plain);
  if (fault !== undefined) return fault;
  // The same name again is plain to see, and a scene takes only one of them; a similar one deceives.
  const others = library.characters().filter((other) => other.id !== except && !isSame(other.name, plain));
  const other = lookAlikeOf(
    plain,
    others.map((one) => one.name),
  );
  if (other !== undefined) {
    return say('“{{name}}” looks like “{{other}}”, who is here already: choose a name that differs.', {
      name: plain,
      other,
    });
  }
  const { server } = desk;
  const isStaffs = await (desk.staffNamed?.(plain) ?? isStaffName(room, { stage: 'discord', server }, plain));
  return isStaffs ? staffNameWords(plain) : undefined;
}

function isSame(one: string, other: string): boolean {
  return plainCastName(one).toLowerCase() === other.toLowerCase();
}
