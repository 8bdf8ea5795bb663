import { withoutInvisible } from '../format/fold.ts';
import { say, type Text } from '../words/text.ts';
import { lookAlikeOf, skeletonOf } from './look-alike.ts';

/** As Discord takes a name for a message, in UTF-16 units. */
const LONGEST = 80;

/** Discord takes no name that holds one of these, and draws its own announcements under them. */
const NOWHERE = ['discord', 'clyde'];

/** Voices of the stage, of prompts and of those who run a server: nobody is called so. */
const NOBODYS = [
  ...['everyone', 'here', 'narrator', 'the narrator', 'environment', 'the environment'],
  ...['system', 'system message', 'assistant', 'user', 'player', 'dramatis'],
  ...['admin', 'administrator', 'moderator', 'mod', 'mods', 'staff', 'server staff', 'server owner'],
];

// Persian, the scripts of India and emoji are spelled with joiners; between Latin letters they hide something.
const JOINS =
  /(?<=(?!\p{Script=Latin})[\p{L}\p{M}\p{Extended_Pictographic}])([\u200C\u200D])(?=(?!\p{Script=Latin})[\p{L}\p{Extended_Pictographic}])/u;

/** What has a place of its own and shows nothing there. */
const BLANK = /[\u2800\ufffc\u{1d159}]/gu;

/**
 * A name as it is kept, whether it was typed or came in a file: one line, without marks that nobody sees or
 * that turn others around. It stands before a colon in prompts, so it has none, and no marks of form.
 */
export function plainCastName(name: string): string {
  return name
    .normalize('NFC')
    .split(JOINS)
    .map((part) => (part === '\u200C' || part === '\u200D' ? part : withoutInvisible(part)))
    .join('')
    .replace(/(?![\u200C\u200D])[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(BLANK, ' ')
    .replace(/[[\]{}`*]/gu, '')
    .replace(/\s*[:：]\s*/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Why nobody of a cast may bear this name, wherever it is; undefined where somebody may. */
export function castNameFault(name: string): Text | undefined {
  const plain = plainCastName(name);
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(plain)) return 'Give the character a name that can be read.';
  if (plain.length > LONGEST) {
    return say('The name is {{length}} characters long; {{most}} are the most.', {
      length: plain.length,
      most: LONGEST,
    });
  }
  if (/\p{M}{4}/u.test(plain.normalize('NFD'))) {
    return 'The name piles up accents that cover the lines around it: leave some out.';
  }
  const skeleton = skeletonOf(plain);
  if (NOWHERE.some((word) => skeleton.includes(word))) {
    return say('“{{name}}” holds a word that Discord takes in no name: choose another name.', {
      name: plain,
    });
  }
  if (lookAlikeOf(plain, NOBODYS) !== undefined) {
    return say(
      '“{{name}}” would pass for the stage, for Discord or for those who run a server: choose another name.',
      {
        name: plain,
      },
    );
  }
  return undefined;
}
