import { askerOf } from '../src/engine/command/asker.ts';
import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { textOf, wordsOf } from '../src/engine/command/read-values.ts';
import { castOf, storyHere } from '../src/engine/command/scene-here.ts';
import { lastThatFit, witnessedWords } from '../src/engine/command/witnessed-words.ts';
import { asTyped, say } from '../src/words/text.ts';

export const knows: Command = {
  name: 'knows',
  description: 'What a character witnessed',
  action: {
    description: 'What a character witnessed, as far as you may know of it',
    options: [
      castOption('Whose knowledge', { required: true, ever: true }),
      {
        name: 'topic',
        description: 'Of what; left out, of late',
        type: 'text',
        placed: true,
        max: 200,
      },
    ],
    allowed: 'anyone',
    async run(context, values) {
      const { engine, place, who, reply } = context;
      const character = findCharacter(wordsOf(values, 'name'), castOf(await storyHere(context)));
      const topic = textOf(values, 'topic');
      const witnessed = await engine.ledger.knows(place.scene, character.id, askerOf(who), topic);
      const said = { character: character.name, topic: topic?.slice(0, 100) ?? '' };
      if (witnessed.length === 0) {
        await reply(
          topic
            ? say(
                '{{character}} witnessed nothing of “{{topic}}” that you may know of. /inform tells them something.',
                said,
              )
            : say(
                '{{character}} witnessed nothing that you may know of. /inform tells them something.',
                said,
              ),
        );
        return;
      }
      const lines = witnessed
        .toSorted((one, other) => one.n - other.n)
        .map((one) => witnessedWords(one, who.locale));
      await reply([
        topic
          ? say('What {{character}} witnessed of “{{topic}}”:', said)
          : say('What {{character}} witnessed:', said),
        asTyped(lastThatFit(lines, undefined, who.locale)),
      ]);
    },
  },
};
