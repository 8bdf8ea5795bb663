import type { Command, CommandOption } from '../src/engine/command/command.ts';
import { beginningWith, characterChoices, findCharacter } from '../src/engine/command/find-character.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';

const name: CommandOption = {
  name: 'name',
  description: 'Who leaves',
  type: 'text',
  required: true,
  max: 100,
  async complete({ engine, place }, partial) {
    const present = presentIn(await engine.info(place.scene));
    return characterChoices(beginningWith(partial, present));
  },
};

export const dismiss: Command = {
  name: 'dismiss',
  description: 'Let a character leave the scene',
  action: {
    description: 'Let a character leave the scene',
    options: [name],
    allowed: 'owner',
    async run(context, values) {
      const present = presentIn(await sceneHere(context));
      const wanted = findCharacter(String(values['name']), present);
      const left = await context.engine.dismiss(context.place.scene, wanted.id);
      await context.reply(`${left.name} has left. /summon brings them back.`);
    },
  },
};
