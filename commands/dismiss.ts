import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';

export const dismiss: Command = {
  name: 'dismiss',
  description: 'Let a character leave the scene',
  action: {
    description: 'Let a character leave the scene',
    options: [castOption('Who leaves', { required: true })],
    allowed: 'owner',
    async run(context, values) {
      const present = presentIn(await sceneHere(context));
      const wanted = findCharacter(String(values['name']), present);
      const left = await context.engine.dismiss(context.place.scene, wanted.id);
      await context.reply(`${left.name} has left. /summon brings them back.`);
    },
  },
};
