import type { Command, CommandAction } from '../src/engine/command/command.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';

/** `/leave`, and `/scene leave`. */
export const leaving: CommandAction = {
  description: 'Take part no longer: nobody hears you until you come back',
  options: [],
  allowed: 'everyone',
  async run(context) {
    await sceneHere(context);
    await context.engine.leave(context.place.scene, context.who.id);
    await context.reply('You have left the scene: the cast does not hear you. /enter brings you back.');
  },
};

export const leave: Command = {
  name: 'leave',
  description: leaving.description,
  action: leaving,
};
