import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { findRoom, roomOption } from '../src/engine/command/find-room.ts';
import { wordsOf } from '../src/engine/command/read-values.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

export const move: Command = {
  name: 'move',
  description: 'Let a character go to a room of the scene, or back',
  action: {
    description: 'Let a character go to a room of the scene, or back',
    options: [castOption('Who goes', { required: true }), roomOption],
    allowed: 'owner',
    async run(context, values) {
      const { engine, place, reply } = context;
      const info = await sceneHere(context);
      const character = findCharacter(wordsOf(values, 'name'), presentIn(info));
      const to = findRoom(wordsOf(values, 'to'), info);
      await engine.ledger.move(place.scene, character.id, to.id);
      await reply(
        say('{{character}} is in “{{to}}” now, and perceives what happens there. /map shows all.', {
          character: character.name,
          to: to.name,
        }),
      );
    },
  },
};
