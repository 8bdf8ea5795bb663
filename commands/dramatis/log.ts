import { entryWords } from '../../src/engine/audit/entry-words.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { PlayerError } from '../../src/errors.ts';
import type { Text } from '../../src/words/text.ts';

const SHOWN = 10;
const MOST = 25;

/** `/dramatis log`. */
export const log: CommandAction = {
  description: 'What happened in this server lately, as its moderators’ log has it',
  options: [
    {
      name: 'entries',
      description: 'How many of the newest; left out, 10',
      type: 'number',
      min: 1,
      max: MOST,
    },
  ],
  allowed: 'moderator',
  async run({ engine, place, reply }, values) {
    const { server } = place;
    if (server === undefined) throw new PlayerError('There is no server here: this is for Discord.');
    const entries = await engine.audit.recent(server, Number(values['entries'] ?? SHOWN));
    const trouble = engine.audit.trouble(server);
    const shown: Text[] = entries.length > 0 ? entries.map(entryWords) : ['Nothing is in the log yet.'];
    await reply([...(trouble === undefined ? [] : [trouble]), ...shown]);
  },
};
