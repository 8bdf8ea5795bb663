import type { Command } from '../src/engine/command/command.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';

export const hold: Command = {
  name: 'hold',
  description: 'Let nobody of the cast speak until a player does',
  action: {
    description: 'Let nobody of the cast speak until a player does, or /next calls one',
    options: [],
    allowed: 'player',
    async run(context) {
      await sceneHere(context);
      await context.engine.direction.hold(context.place.scene);
      await context.reply('The cast waits. Say something, or /next calls one of them.');
    },
  },
};
