import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { textOf, wordsOf } from '../src/engine/command/read-values.ts';
import { castOf, presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { PlayerError } from '../src/errors.ts';
import { say } from '../src/words/text.ts';

export const inform: Command = {
  name: 'inform',
  description: 'Tell a character of what it did not witness',
  action: {
    description: 'Tell one character of something that it did not witness; nobody else perceives it',
    options: [
      castOption('Who is told', { required: true }),
      {
        name: 'text',
        description: 'What they hear, as it is told; it may be wrong',
        type: 'text',
        required: true,
        max: 1000,
      },
      castOption('Who tells them; left out, it came to their ears', { name: 'from', ever: true }),
    ],
    allowed: 'owner',
    async run(context, values) {
      const info = await sceneHere(context);
      const told = findCharacter(wordsOf(values, 'name'), presentIn(info));
      const teller = textOf(values, 'from');
      const from = teller === undefined ? undefined : findCharacter(teller, castOf(info));
      if (from?.id === told.id)
        throw new PlayerError(
          say('{{told}} cannot be told by themselves. Leave out from.', { told: told.name }),
        );
      await context.engine.ledger.inform(context.place.scene, {
        to: told.id,
        text: wordsOf(values, 'text'),
        ...(from ? { from: from.id } : {}),
      });
      await context.reply(
        from
          ? say('{{told}} has heard of it, as {{from}} tells it. Nobody else has.', {
              told: told.name,
              from: from.name,
            })
          : say('{{told}} has heard of it. Nobody else has.', { told: told.name }),
      );
    },
  },
};
