import type { Command } from '../src/engine/command/command.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { say, type Text } from '../src/words/text.ts';

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
      await context.reply([
        here.length > 0 ? say('On stage: {{names}}.', { names: here.join(', ') }) : 'On stage: nobody yet.',
        players.length > 0
          ? say('Players: {{names}}.', { names: players.join(', ') })
          : 'Players: nobody yet.',
        summonable(away),
      ]);
    },
  },
};

function summonable(away: readonly string[]): Text {
  if (away.length === 0) return '/summon can bring: nobody else.';
  const names = away.slice(0, MOST_NAMES).join(', ');
  const more = away.length - MOST_NAMES;
  return more > 0
    ? say('/summon can bring: {{names}} and {{more}} more.', { names, more })
    : say('/summon can bring: {{names}}.', { names });
}
