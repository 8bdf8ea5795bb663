import type { Command } from '../src/engine/command/command.ts';
import { findPlayer, playerOption } from '../src/engine/command/find-person.ts';
import { wordsOf } from '../src/engine/command/read-values.ts';
import { sceneHere, storyHere } from '../src/engine/command/scene-here.ts';

export const secret: Command = {
  name: 'secret',
  description: 'A private aim for a player',
  actions: {
    give: {
      description: 'Give a player a private aim: no character and no other player learns of it',
      options: [
        playerOption,
        { name: 'text', description: 'What they are after', type: 'text', required: true, max: 1000 },
      ],
      allowed: 'owner',
      async run(context, values) {
        const player = findPlayer(wordsOf(values, 'player'), await sceneHere(context));
        await context.engine.ledger.setSecret(context.place.scene, player.id, wordsOf(values, 'text'));
        await context.reply(`Only ${player.actor.name} can read that, with /secret show.`);
      },
    },
    show: {
      description: 'Your own private aim in this scene',
      options: [],
      allowed: 'anyone',
      async run(context) {
        await storyHere(context);
        const aim = await context.engine.ledger.secretOf(context.place.scene, context.who.id);
        await context.reply(aim ? `Your secret: ${aim}` : 'You have no secret here.');
      },
    },
  },
};
