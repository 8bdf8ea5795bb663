import type { CommandOption } from './command.ts';
import { beginningWith, characterChoices } from './find-character.ts';
import { castOf, presentIn } from './scene-here.ts';

/**
 * An option that names a character of the scene; those on stage are suggested.
 * @param change `required`, another `name`, …; `ever`: also those who have left are suggested
 */
export function castOption(
  description: string,
  { ever = false, ...change }: Partial<CommandOption> & { readonly ever?: boolean } = {},
): CommandOption {
  return {
    name: 'name',
    description,
    type: 'text',
    max: 100,
    async complete({ engine, place }, partial) {
      const info = await engine.info(place.scene);
      const among = ever ? castOf(info) : presentIn(info);
      return characterChoices(beginningWith(partial, among), among).slice(0, 25);
    },
    ...change,
  };
}
