import type { Character } from '../../cast/character.ts';
import { PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';
import type { Asker } from '../player.ts';

/** Cards that can be changed where somebody works on cards: a server's own, else the operator's. */
export function isOwn({ source }: Pick<Character, 'source'>, server: string | undefined): boolean {
  return source === (server === undefined ? 'own' : 'server');
}

/** Whether somebody may read, change and take away all of a card: who brought it, and moderators. */
export function isTheirs({ by }: Pick<Character, 'by'>, { id, moderator }: Asker): boolean {
  return moderator || by === id;
}

/** @throws PlayerError where a card is none of theirs, or none of this place */
export function checkTheirs(
  character: Pick<Character, 'name' | 'by' | 'source'>,
  server: string | undefined,
  asker: Asker,
): void {
  const { name } = character;
  if (!isOwn(character, server)) {
    throw new PlayerError(
      say(
        '{{name}} was not brought here, and stays as it is. /character export hands the card out, and /character import brings a copy under another name.',
        { name },
      ),
    );
  }
  if (!isTheirs(character, asker)) {
    throw new PlayerError(
      say('{{name}} was brought by somebody else: only they or a moderator may.', { name }),
    );
  }
}
