import { whispersRead } from '../src/engine/audit/whispers-read.ts';
import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { findCast } from '../src/engine/command/find-character.ts';
import { textOf, wordsOf } from '../src/engine/command/read-values.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { unheard } from '../src/engine/command/unheard.ts';
import { PlayerError } from '../src/errors.ts';
import { say } from '../src/words/text.ts';

export const whisper: Command = {
  name: 'whisper',
  description: 'Say something that one character alone hears',
  action: {
    description: 'Say something that one character alone hears',
    options: [
      castOption('Who alone hears it', { name: 'to', required: true, max: 200 }),
      // Where there are forms, one asks for it.
      { name: 'text', description: 'What you whisper', type: 'text', placed: true, max: 2000 },
    ],
    allowed: 'anyone',
    async run(context, values) {
      const { engine, place, who, reply } = context;
      const info = await sceneHere(context);
      const listeners = findCast(wordsOf(values, 'to'), presentIn(info));
      if (listeners.length === 0) throw new PlayerError('Say to whom: the name of a character on stage.');
      const names = listeners.map(({ name }) => name).join(' and ');
      const text = textOf(values, 'text');
      if (text === undefined) {
        throw new PlayerError(
          say('What do you whisper to {{names}}? Write it as text: /whisper to: … text: …', { names }),
        );
      }
      await engine.join(place.scene, who);
      const heard = await engine.whisper(place.scene, {
        player: who,
        text,
        to: listeners.map(({ id }) => id),
      });
      if (!heard.heard) throw new PlayerError(unheard[heard.because]);
      await reply([say('Only {{names}} heard that.', { names }), ...whispersRead(info)]);
    },
  },
};
