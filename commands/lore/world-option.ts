import { slugOf } from '../../src/cast/library/slug.ts';
import type { World } from '../../src/cast/lore/world.ts';
import type {
  Choice,
  CommandContext,
  CommandOption,
  CommandValues,
} from '../../src/engine/command/command.ts';
import { eitherOf } from '../../src/engine/command/either-of.ts';
import { clipped } from '../../src/engine/command/find-character.ts';
import { nearest } from '../../src/engine/command/nearest.ts';
import { wordsOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';
import { say } from '../../src/words/text.ts';

const MOST = 25;

/** One of the worlds of this place’s library, by name or id. */
export function worldOption(description: string): CommandOption {
  return {
    name: 'world',
    description,
    type: 'text',
    required: true,
    max: 100,
    async complete({ library }, partial) {
      const wanted = partial.trim().toLowerCase();
      const worlds = library.worlds();
      const beginning = worlds.filter(({ name }) => name.toLowerCase().startsWith(wanted));
      const within = worlds.filter(
        (one) => !beginning.includes(one) && one.name.toLowerCase().includes(wanted),
      );
      return [...beginning, ...within].slice(0, MOST).map((world) => choiceOf(world, worlds));
    },
  };
}

/** @throws PlayerError where there is none, or several of that name, naming them */
export async function namedWorld({ library }: CommandContext, values: CommandValues): Promise<World> {
  await library.refresh();
  const worlds = library.worlds();
  const typed = wordsOf(values, 'world').trim();
  const wanted = slugOf(typed);
  const byId = worlds.find(({ id }) => id === typed || id === wanted);
  if (byId) return byId;
  const [found, another] = worlds.filter(({ name }) => slugOf(name) === wanted);
  if (found && !another) return found;
  if (found) throw new PlayerError(say('Several worlds are called so: /lore list shows their ids.'));
  const name = clipped(typed);
  const near = nearest(
    typed,
    worlds.map((world) => world.name),
  );
  throw new PlayerError(
    near.length > 0
      ? say('There is no world “{{name}}” here. Did you mean {{near}}?', { name, near: eitherOf(near) })
      : say('There is no world “{{name}}” here: /lore list shows what there is, /lore import brings one.', {
          name,
        }),
  );
}

function choiceOf({ id, name }: World, among: readonly World[]): Choice {
  const isShared = among.some((other) => other.id !== id && other.name === name);
  return isShared
    ? { name: clipped(`${name} (${id})`), value: id }
    : { name: clipped(name), value: name.slice(0, 100) };
}
