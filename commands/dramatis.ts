import type { Command, CommandContext, CommandOption, CommandValues } from '../src/engine/command/command.ts';
import { PlayerError } from '../src/errors.ts';
import { say } from '../src/words/text.ts';
import { block, blocks, unblock } from './dramatis/blocks.ts';
import { check } from './dramatis/check.ts';
import { log } from './dramatis/log.ts';

const server: CommandOption = {
  name: 'server',
  description: 'Id of another server; left out, this one',
  type: 'text',
  max: 30,
};

export const dramatis: Command = {
  name: 'dramatis',
  description: 'Where the bot may play, and who may play with it',
  actions: {
    block,
    unblock,
    blocks,
    log,
    check,
    approve: {
      description: 'Let scenes be played in this server, also after a halt',
      options: [server],
      allowed: 'operator',
      async run(context, values) {
        const id = serverOf(context, values);
        await context.engine.servers.approve(id);
        await context.reply(
          say(
            'Server {{id}} may host scenes now. /scene start begins one; /scene continue goes on with a halted one.',
            { id },
          ),
        );
      },
    },
    halt: {
      description: 'Stop every scene in this server at once',
      options: [server],
      allowed: 'manager',
      async run(context, values) {
        const id = serverOf(context, values);
        const stopped = await context.engine.servers.halt(id);
        await context.reply([
          stopped === 1 ? '1 scene was stopped.' : say('{{stopped}} scenes were stopped.', { stopped }),
          'None plays here until the bot’s operator uses /dramatis approve.',
        ]);
      },
    },
  },
};

/** This server, or for an operator the one that was named. */
function serverOf({ place, who }: CommandContext, values: CommandValues): string {
  const named = values['server'] === undefined ? undefined : String(values['server']).trim();
  if (named !== undefined && !/^\d{5,25}$/u.test(named)) {
    throw new PlayerError('A server id is a long number: right-click the server, Copy Server ID.');
  }
  if (named !== undefined && named !== place.server && !who.operator) {
    throw new PlayerError('Only the operator of this bot may do that for another server.');
  }
  const id = named ?? place.server;
  if (id === undefined) {
    throw new PlayerError('There is no server here: this is for Discord. /scene pause holds this scene.');
  }
  return id;
}
