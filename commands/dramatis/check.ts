import type { CommandAction } from '../../src/engine/command/command.ts';
import { PlayerError } from '../../src/errors.ts';

/** What `/setup` ends with, for whenever something was changed since. */
export const check: CommandAction = {
  description: 'Which permissions I lack here, and where to change them',
  options: [],
  allowed: 'moderator',
  async run({ lacks, reply }) {
    if (!lacks) throw new PlayerError('There are no permissions to look at here: that is for Discord.');
    await reply(await lacks());
  },
};
