import { askerOf } from '../../src/engine/command/asker.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { say } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';
import { namedPrinciple, whichOption } from './which-option.ts';

export const remove: CommandAction = {
  description: 'Ask something of the lines here no longer',
  options: [whichOption('Which of this server’s own', ({ source }) => source === 'server')],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, place, who, reply } = context;
    const { id } = await namedPrinciple(context, values);
    const { name } = await engine.principles.remove(place.server, id, askerOf(who));
    await reply(say('“{{name}}” holds here no longer.', { name: asShown(context, name) }));
  },
};
