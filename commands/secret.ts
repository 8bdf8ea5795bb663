import { calledInLog } from '../src/engine/audit/called-in-log.ts';
import { whispersRead } from '../src/engine/audit/whispers-read.ts';
import type { Command } from '../src/engine/command/command.ts';
import { findPlayer, playerOption } from '../src/engine/command/find-person.ts';
import { wordsOf } from '../src/engine/command/read-values.ts';
import { sceneHere, storyHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

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
        const { engine, place, who, reply } = context;
        const info = await sceneHere(context);
        const player = findPlayer(wordsOf(values, 'player'), info);
        const text = wordsOf(values, 'text');
        await engine.ledger.setSecret(place.scene, player.id, text);
        if (info.whispersLogged) {
          engine.audit.note(place.server, {
            kind: 'secret',
            text: say('{{who}} was given a secret.', { who: calledInLog(player.actor) }),
            scene: info.record.id,
            log: info.record.log,
            by: who.id,
            about: [who.id, player.id],
            quote: text,
          });
        }
        await reply([
          say('Only {{name}} can read that, with /secret show.', { name: player.actor.name }),
          ...whispersRead(info),
        ]);
      },
    },
    show: {
      description: 'Your own private aim in this scene',
      options: [],
      allowed: 'anyone',
      async run(context) {
        const info = await storyHere(context);
        const aim = await context.engine.ledger.secretOf(context.place.scene, context.who.id);
        await context.reply(
          aim ? [say('Your secret: {{aim}}', { aim }), ...whispersRead(info)] : 'You have no secret here.',
        );
      },
    },
  },
};
