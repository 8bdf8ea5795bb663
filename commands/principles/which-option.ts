import { slugOf } from '../../src/cast/library/slug.ts';
import type {
  Choice,
  CommandContext,
  CommandOption,
  CommandValues,
  CompletionContext,
} from '../../src/engine/command/command.ts';
import { eitherOf } from '../../src/engine/command/either-of.ts';
import { clipped } from '../../src/engine/command/find-character.ts';
import { nearest } from '../../src/engine/command/nearest.ts';
import { wordsOf } from '../../src/engine/command/read-values.ts';
import type { Principle } from '../../src/engine/principles/principles-api.ts';
import { PlayerError } from '../../src/errors.ts';
import { say } from '../../src/words/text.ts';

const MOST = 25;

/**
 * One of the principles that hold here, by name or id.
 * @param offered those that are suggested while it is typed
 */
export function whichOption(
  description: string,
  offered: (principle: Principle) => boolean = () => true,
): CommandOption {
  return {
    name: 'which',
    description,
    type: 'text',
    required: true,
    max: 100,
    async complete(context, partial) {
      const wanted = partial.trim().toLowerCase();
      const all = (await principlesHere(context)).filter(offered);
      const beginning = all.filter(({ name }) => name.toLowerCase().startsWith(wanted));
      const within = all.filter((one) => !beginning.includes(one) && one.name.toLowerCase().includes(wanted));
      return [...beginning, ...within].slice(0, MOST).map((one) => choiceOf(one, all));
    },
  };
}

export function principlesHere({ engine, place }: CompletionContext): Promise<readonly Principle[]> {
  return engine.principles.of(place.server);
}

/** @throws PlayerError where there is none, naming those that are meant perhaps */
export async function namedPrinciple(context: CommandContext, values: CommandValues): Promise<Principle> {
  const all = await principlesHere(context);
  const typed = wordsOf(values, 'which');
  const wanted = slugOf(typed);
  const found = all.find(({ id }) => id === wanted) ?? all.find(({ name }) => slugOf(name) === wanted);
  if (found) return found;
  const name = clipped(typed);
  const near = nearest(
    typed,
    all.map((one) => one.name),
  );
  throw new PlayerError(
    near.length > 0
      ? say('There is no principle “{{name}}” here. Did you mean {{near}}?', { name, near: eitherOf(near) })
      : say('There is no principle “{{name}}” here: /principles list shows what there is.', { name }),
  );
}

/** By its name, unless another one is called so, too. */
function choiceOf({ id, name }: Principle, among: readonly Principle[]): Choice {
  const isShared = among.some((other) => other.id !== id && other.name === name);
  return isShared ? { name: clipped(`${name} (${id})`), value: id } : { name: clipped(name), value: name };
}
