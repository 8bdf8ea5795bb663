import type { Command, CommandOption } from '../src/engine/command/command.ts';
import { beginningWith, characterChoices, findCast } from '../src/engine/command/find-character.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { unheard } from '../src/engine/command/unheard.ts';
import { PlayerError } from '../src/errors.ts';

const to: CommandOption = {
  name: 'to',
  description: 'Who alone hears it',
  type: 'text',
  required: true,
  max: 200,
  async complete({ engine, place }, partial) {
    const present = presentIn(await engine.info(place.scene));
    return characterChoices(beginningWith(partial, present));
  },
};

export const whisper: Command = {
  name: 'whisper',
  description: 'Say something that one character alone hears',
  action: {
    description: 'Say something that one character alone hears',
    options: [to, { name: 'text', description: 'What you whisper', type: 'text', required: true, max: 2000 }],
    allowed: 'player',
    async run(context, values) {
      const { engine, place, who, reply } = context;
      const listeners = findCast(String(values['to']), presentIn(await sceneHere(context)));
      if (listeners.length === 0) throw new PlayerError('Say to whom: the name of a character on stage.');
      await engine.join(place.scene, who);
      const heard = await engine.whisper(place.scene, {
        player: who,
        text: String(values['text']),
        to: listeners.map(({ id }) => id),
      });
      if (!heard.heard) throw new PlayerError(unheard[heard.because]);
      const names = listeners.map(({ name }) => name).join(' and ');
      await reply(`Only ${names} heard that.`);
    },
  },
};
