import { meterWords, timeWords } from '../src/engine/budget/budget-words.ts';
import type { Command } from '../src/engine/command/command.ts';
import { PlayerError } from '../src/errors.ts';
import { say } from '../src/words/text.ts';

export const quota: Command = {
  name: 'quota',
  description: 'How much of the budgets here is used, and when they begin anew',
  action: {
    description: 'How much of the budgets here is used, and when they begin anew',
    options: [],
    allowed: 'anyone',
    async run({ engine, place, who, reply }) {
      const scene = (await engine.info(place.scene))?.record.id ?? place.scene;
      const { meters, now } = await engine.budgets.quota({ ...place, scene }, who.id);
      if (meters.length === 0)
        throw new PlayerError('Nothing is counted on this machine: play as much as you like.');
      await reply(
        meters.map(({ name, used, most, opensAt }) => {
          const line = { used: Math.min(used, most), most, what: meterWords(name) };
          // Where there is none at all, none comes with the next hour or day.
          return opensAt === undefined || most === 0
            ? say('{{used}} of {{most}} {{what}}', line)
            : say('{{used}} of {{most}} {{what}}; anew {{when}}', { ...line, when: timeWords(opensAt, now) });
        }),
      );
    },
  },
};
