import { commands } from '../../../commands/index.ts';
import { type CommandContext, type Place, runAction, type Who } from '../../../src/engine/command/command.ts';
import { readTypedCommand } from '../../../src/engine/command/typed-command.ts';
import type { EngineOptions } from '../../../src/engine/engine-options.ts';
import { render } from '../../../src/words/render.ts';
import { type PlayHouse, playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { smallLibrary } from '../../support/small-library.ts';

export const SERVER = '111111111111111111';
export const CHANNEL: Place = {
  scene: 'discord:c1',
  stage: 'discord',
  server: SERVER,
  serverOwner: 'server-owner',
};

export const people = {
  passer: who('passer'),
  starter: who('starter'),
  manager: who('manager', { manager: true }),
  operator: who('operator', { operator: true }),
} as const;

function who(name: string, ranks: Partial<Who> = {}): Who {
  return { id: `id-${name}`, name, manager: false, operator: false, ...ranks };
}

export type Desk = PlayHouse & {
  /** Types a line as this person; what they are told, be it the reply or the error. */
  type(line: string, as?: Who, change?: Partial<CommandContext>): Promise<string>;
  context(as?: Who): CommandContext;
};

/** The real commands over the real engine, typed in a Discord channel of an allowed server. */
export async function openDesk(options: Partial<EngineOptions> = {}, place: Place = CHANNEL): Promise<Desk> {
  const stage = createRecordingStage(place.stage);
  const library = options.library ?? smallLibrary();
  const house = await playHouse({ stage, listedServers: [SERVER], ...options, library });
  let replied = '';

  function context(as: Who = people.manager): CommandContext {
    return {
      engine: house.engine,
      library,
      place,
      who: as,
      signal: new AbortController().signal,
      reply: async (text) => {
        replied = render(text, as.locale);
      },
    };
  }

  return {
    ...house,
    context,
    async type(line, as, change) {
      replied = '';
      const typed = readTypedCommand(line, commands);
      if ('problem' in typed) return render(typed.problem);
      try {
        await runAction(typed.action, { ...context(as), ...change }, typed.values);
      } catch (error) {
        if (error instanceof Error && error.name === 'PlayerError') return `refused: ${error.message}`;
        throw error;
      }
      await house.engine.idle(change?.place?.scene ?? place.scene);
      return replied;
    },
  };
}

/** The line of an answer that begins so. */
export function lineOf(shown: string, name: string): string | undefined {
  return shown.split('\n').find((line) => line.startsWith(name));
}
