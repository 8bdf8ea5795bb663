import { askerOf } from '../../src/engine/command/asker.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { wholeOf } from '../../src/engine/command/read-values.ts';
import { reportWords } from '../../src/engine/command/report-words.ts';
import { storyHere } from '../../src/engine/command/scene-here.ts';

const USUAL_LINES = 20;
const MOST_LINES = 50;

/** `/scene report`: what may break the story in the last lines, by rules and by the judge. */
export const report: CommandAction = {
  description: 'Look over the last lines of the cast for what breaks the story; it changes nothing',
  options: [
    {
      name: 'lines',
      description: 'How many of the last lines; left out, 20',
      type: 'number',
      placed: true,
      min: 1,
      max: MOST_LINES,
    },
  ],
  allowed: 'owner',
  async run(context, values) {
    const { engine, place, who, reply, signal } = context;
    await storyHere(context);
    const most = wholeOf(values, 'lines') ?? USUAL_LINES;
    const found = await engine.continuity.report(place.scene, askerOf(who), most, signal);
    await reply(reportWords(found, who.locale));
  },
};
