import type { Command, CommandOption } from '../src/engine/command/command.ts';
import { beginningWith, characterChoices, findCharacter } from '../src/engine/command/find-character.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

const NARRATOR = { name: 'Narrator · what happens in the world', value: 'Narrator' };

const name: CommandOption = {
  name: 'name',
  description: 'Who takes the next turn; left out, whoever is most likely to',
  type: 'text',
  max: 100,
  async complete({ engine, place }, partial) {
    const present = presentIn(await engine.info(place.scene));
    const narrator = NARRATOR.value.toLowerCase().startsWith(partial.trim().toLowerCase()) ? [NARRATOR] : [];
    return [...characterChoices(beginningWith(partial, present)), ...narrator];
  },
};

export const next: Command = {
  name: 'next',
  description: 'Let the next turn be taken now',
  action: {
    description: 'Let the next turn be taken now',
    options: [name],
    allowed: 'player',
    async run(context, values) {
      const { engine, place, reply } = context;
      const present = presentIn(await sceneHere(context));
      const typed = values['name'];
      if (typed === undefined) {
        await engine.next(place.scene);
        await reply('The scene goes on.');
      } else if (/^(narrator|environment)$/iu.test(String(typed).trim())) {
        await engine.next(place.scene, 'environment');
        await reply('The Narrator takes a turn.');
      } else {
        const wanted = findCharacter(String(typed), present);
        await engine.next(place.scene, wanted.id);
        await reply(say('{{wanted}} takes a turn.', { wanted: wanted.name }));
      }
    },
  },
};
