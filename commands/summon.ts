import type { Command, CommandOption } from '../src/engine/command/command.ts';
import { characterChoices, findCharacter } from '../src/engine/command/find-character.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

const name: CommandOption = {
  name: 'name',
  description: 'Who comes on stage',
  type: 'text',
  required: true,
  max: 100,
  async complete({ engine, library, place }, partial) {
    const present = new Set(presentIn(await engine.info(place.scene)).map(({ id }) => id));
    const free = library.find(partial, 25 + present.size).filter(({ id }) => !present.has(id));
    return characterChoices(free.slice(0, 25), library.characters());
  },
};

export const summon: Command = {
  name: 'summon',
  description: 'Bring a character into the scene',
  action: {
    description: 'Bring a character into the scene',
    options: [name],
    allowed: 'anyone',
    async run(context, values) {
      const { engine, library, place, who, reply } = context;
      await sceneHere(context);
      // A card that was dropped into the folder a moment ago can be summoned at once.
      await library.refresh();
      const wanted = findCharacter(String(values['name']), library.characters());
      await engine.join(place.scene, who);
      const came = await engine.summon(place.scene, wanted.id);
      engine.audit.note(place.server, {
        kind: 'summoned',
        text: say('{{who}} came on stage.', { who: came.name }),
        scene: place.scene,
        by: who.id,
      });
      await reply(say('{{came}} is here. Say something to them by name.', { came: came.name }));
    },
  },
};
