import type { Character } from '../../cast/character.ts';
import { slugOf } from '../../cast/library/slug.ts';
import { namesOf } from '../../cast/name-parts.ts';
import { PlayerError } from '../../errors.ts';
import { type Message, say } from '../../words/text.ts';
import { isForAdults } from '../cards/for-adults.ts';
import type { Choice } from './command.ts';
import { eitherOf } from './either-of.ts';
import { nearest } from './nearest.ts';

/**
 * The character that someone means: its id, its full name, an alias, or its first or last name
 * where that fits one character only.
 * @throws PlayerError that names the nearest ones.
 */
export function findCharacter(typed: string, among: readonly Character[]): Character {
  const found = lookUpCharacter(typed, among);
  if (found) return found;
  throw new PlayerError(nobody(typed, among));
}

/**
 * The same, or undefined where nobody bears the name.
 * @throws PlayerError where several do
 */
export function lookUpCharacter(typed: string, among: readonly Character[]): Character | undefined {
  // As slugs, "mr darcy" is "Mr. Darcy".
  const wanted = slugOf(typed);
  const exact =
    among.find(({ id }) => id === typed.trim() || id === wanted) ??
    among.find(({ name }) => slugOf(name) === wanted);
  if (exact) return exact;
  const fitting = among.filter((one) => namesOf(one).some((name) => slugOf(name) === wanted));
  const [one, another] = fitting;
  if (one && !another) return one;
  if (one)
    throw new PlayerError(
      say('Which {{name}}? {{names}}.', {
        name: typed.trim(),
        names: fitting.map(({ name }) => name).join(', '),
      }),
    );
  return undefined;
}

/**
 * The characters of a comma-separated list, each once, in its order.
 * @throws PlayerError at the first name that is unknown.
 */
export function findCast(typed: string, among: readonly Character[]): readonly Character[] {
  const found = typed
    .split(',')
    .filter((name) => name.trim() !== '')
    .map((name) => findCharacter(name, among));
  return [...new Map(found.map((character) => [character.id, character])).values()];
}

/**
 * Choices that begin with the full name; the id stands in where two cards share a name. Of who is for adults no
 * more is told: choices are read everywhere.
 */
export function characterChoices(characters: readonly Character[], among = characters): readonly Choice[] {
  return characters.map((character) => {
    const shared = among.some(({ id, name }) => id !== character.id && name === character.name);
    const trait = isForAdults(character)
      ? ''
      : withoutName(firstSentence(character.publicSheet), character.name);
    return {
      name: clipped(trait ? `${character.name} · ${trait}` : character.name),
      value: shared ? character.id : character.name,
    };
  });
}

/** Those of whom a word of the name begins so; everyone for an empty text. */
export function beginningWith(partial: string, characters: readonly Character[]): readonly Character[] {
  const wanted = partial.trim().toLowerCase();
  return characters.filter(({ name }) =>
    [name, ...name.split(/\s+/u)].some((word) => word.toLowerCase().startsWith(wanted)),
  );
}

function nobody(typed: string, among: readonly Character[]): Message {
  return nobodyCalled(
    typed,
    among.map(({ name }) => name),
  );
}

/** What to say where nobody bears a name: the nearest of these, or all of them. */
export function nobodyCalled(typed: string, names: readonly string[]): Message {
  const near = nearest(typed, names);
  const given = typed.trim();
  const name = given.length > 60 ? `${given.slice(0, 60)}…` : given;
  if (near.length > 0) {
    return say('Nobody here is called “{{name}}”. Did you mean {{near}}?', { name, near: eitherOf(near) });
  }
  return names.length > 0
    ? say('Nobody here is called “{{name}}”. There are: {{names}}.', {
        name,
        names: names.slice(0, 10).join(', '),
      })
    : say('Nobody here is called “{{name}}”.', { name });
}

/** The label has the name already. */
function withoutName(trait: string, name: string): string {
  return trait.startsWith(name) ? trait.slice(name.length).replace(/^[\s,]+/u, '') : trait;
}

/** Up to the first full stop that ends one; “Mr.” and “St.” do not. */
function firstSentence(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return /^.*?\p{Ll}{3}(?=[.!?](?:\s|$))/u.exec(line)?.[0] ?? line;
}

/** Discord shows at most 100 characters of a choice. */
export function clipped(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
