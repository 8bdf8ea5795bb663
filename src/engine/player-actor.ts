import { withoutInvisible } from '../format/fold.ts';
import { lookAlikeOf } from '../safety/look-alike.ts';
import { type Actor, playerActorId } from '../scene/beat.ts';
import type { Player } from './player.ts';

const LONGEST_NAME = 40;

/** What has a place of its own and shows nothing there. */
const BLANK = /[\u2800\ufffc\u{1d159}]/gu;

/**
 * A player as an actor of the scene. The name is one line without markup or remarks in brackets,
 * which prompts make themselves ("Mara (whispering …)"), and never one that someone else, the
 * Environment or the prompt itself speaks under.
 *
 * @param reserved names that are taken, in any case and in any letters that look like them
 */
export function playerActor(player: Player, reserved: readonly string[]): Actor {
  const name = plainName(player.name.replace(/\([^()]*\)/g, ' ')) || plainName(player.name) || 'Someone';
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name} (player${count === 2 ? '' : ` ${count - 1}`})`;
    if (lookAlikeOf(free, reserved) === undefined) return { id: playerActorId(player.id), name: free };
  }
}

function plainName(typed: string): string {
  const shown = typed
    .normalize('NFKC')
    .replace(/[\p{C}<>()[\]{}*_~`|:=#\\]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  // Some have a name that shows nothing: nobody could call them.
  const isSeen = /[\p{L}\p{N}\p{P}\p{S}]/u.test(withoutInvisible(shown).replace(BLANK, ''));
  return isSeen ? [...shown].slice(0, LONGEST_NAME).join('').trim() : '';
}
