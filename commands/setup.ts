import type { Command } from '../src/engine/command/command.ts';
import { PlayerError } from '../src/errors.ts';

/** On Discord a wizard answers in its place (`stage/discord/setup`), for whom may use this. */
export const setup: Command = {
  name: 'setup',
  description: 'Set this server up, step by step; nothing is saved before the last',
  action: {
    description: 'Set this server up, step by step; nothing is saved before the last',
    options: [],
    allowed: 'manager',
    async run() {
      throw new PlayerError(
        'Step by step is for Discord. Here /config show tells every setting, /config set changes it.',
      );
    },
  },
};
