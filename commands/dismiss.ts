import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { say } from '../src/words/text.ts';

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
      const { engine, place, who } = context;
      engine.audit.note(place.server, {
        kind: 'dismissed',
        text: say('{{who}} was sent away.', { who: left.name }),
        scene: place.scene,
        by: who.id,
      });
      await context.reply(say('{{left}} has left. /summon brings them back.', { left: left.name }));
    },
  },
};
