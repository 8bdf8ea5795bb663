import type { CommandContext, CommandOption } from '../../src/engine/command/command.ts';
import { PlayerError } from '../../src/errors.ts';

/** @param keyed only those that take a server's own key */
export function offeredOption(description: string, keyed = false): CommandOption {
  return {
    name: 'model',
    description,
    type: 'text',
    required: true,
    max: 50,
    async complete({ engine }, partial) {
      const wanted = partial.trim().toLowerCase();
      return engine.serverModels
        .offered()
        .filter(({ id, takesKey }) => id.includes(wanted) && (takesKey || !keyed))
        .map(({ id, name, place }) => ({ name: `${id}: ${name}, ${place}`, value: id }));
    },
  };
}

/** @throws PlayerError outside a server: who sits at this machine chooses models in its settings */
export function serverOf({ place }: CommandContext): string {
  if (place.server !== undefined) return place.server;
  throw new PlayerError(
    'Models are chosen for a server on Discord; on this machine, in .env or models.yaml.',
  );
}
