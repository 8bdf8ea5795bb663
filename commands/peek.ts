import { askerOf } from '../src/engine/command/asker.ts';
import { beatOf, beatOption, latestLine } from '../src/engine/command/beat-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { storyHere } from '../src/engine/command/scene-here.ts';
import { lastThatFit } from '../src/engine/command/witnessed-words.ts';
import { say } from '../src/words/text.ts';

export const peek: Command = {
  name: 'peek',
  description: 'Read what a character thought',
  action: {
    description: 'Read what a character thought behind a line, where /scene thoughts lets you',
    options: [beatOption('Which line; left out, the latest', { lines: true })],
    allowed: 'anyone',
    async run(context, values) {
      const { engine, place, who, reply } = context;
      await storyHere(context);
      const n = beatOf(values) ?? (await latestLine(engine, place.scene));
      const thoughts = await engine.peek(place.scene, n, askerOf(who));
      await reply(
        thoughts.length === 0
          ? say('Nothing was thought at #{{n}}.', { n })
          : say('Thought at #{{n}}:\n{{lastThatFit}}', {
              n,
              lastThatFit: lastThatFit(
                thoughts.map(({ text }) => text),
                undefined,
                who.locale,
              ),
            }),
      );
    },
  },
};
