import type { Command } from '../src/engine/command/command.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';

const MOST_NAMES = 20;

export const cast: Command = {
  name: 'cast',
  description: 'Who is in the scene, and who could come',
  action: {
    description: 'Who is in the scene, and who could come',
    options: [],
    allowed: 'anyone',
    async run(context) {
      const info = await sceneHere(context);
      await context.library.refresh();
      const here = presentIn(info).map(({ name }) => name);
      const players = info.players.filter(({ present }) => present).map(({ actor }) => actor.name);
      const away = context.library
        .characters()
        .map(({ name }) => name)
        .filter((name) => !here.includes(name));
      await context.reply(
        [
          `On stage: ${here.join(', ') || 'nobody yet'}.`,
          `Players: ${players.join(', ') || 'nobody yet'}.`,
          `/summon can bring: ${listed(away)}.`,
        ].join('\n'),
      );
    },
  },
};

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nobody else';
  const more = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
