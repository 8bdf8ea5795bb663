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
  const alike = lookAlikeRefusal(library, plain, except);
  if (alike !== undefined) return alike;
  const { server } = desk;
  const isStaffs = await (desk.staffNamed?.(plain) ?? isStaffName(room, { stage: 'discord', server }, plain));
  return isStaffs ? staffNameWords(plain) : undefined;
}

/** The same of those who are in the library just now. @param plain a name as it is kept */
export function lookAlikeRefusal(library: Library, plain: string, except?: string): Text | undefined {
  const before = except === undefined ? undefined : library.character(except)?.name;
  // The same name again is plain to see, and a scene lets only one of them in; a similar one deceives. Whoever
  // takes a new name may be in a scene already.
  const maySame = before === undefined || isSame(before, plain);
  const others = library
    .characters()
    .filter((other) => other.id !== except && !(maySame && isSame(other.name, plain)));
  const other = lookAlikeOf(
    plain,
    others.map((one) => one.name),
  );
  return other === undefined
    ? undefined
    : say('“{{name}}” looks like “{{other}}”, who is here already: choose a name that differs.', {
        name: plain,
        other,
      });
}

function isSame(one: string, other: string): boolean {
  return plainCastName(one).toLowerCase() === other.toLowerCase();
}
