import type { Command } from '../src/engine/command/command.ts';
import { unheard } from '../src/engine/command/unheard.ts';
import { PlayerError } from '../src/errors.ts';

export const say: Command = {
  name: 'say',
  description: 'Say something in the scene',
  action: {
    description: 'Say something in the scene; *asterisks* make an action of it',
    options: [{ name: 'text', description: 'What you say or *do*', type: 'text', required: true, max: 2000 }],
    allowed: 'player',
    async run({ engine, place, who, reply }, values) {
      // Who uses the command wants to be heard, whether they had joined or not.
      await engine.join(place.scene, who);
      const heard = await engine.hear(place.scene, { player: who, text: String(values['text']) });
      if (!heard.heard) throw new PlayerError(unheard[heard.because]);
      await reply('Said.');
    },
  },
};
