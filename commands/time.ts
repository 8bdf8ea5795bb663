import { durationWords } from '../src/engine/clock-words.ts';
import type { Command } from '../src/engine/command/command.ts';
import { readDuration } from '../src/engine/command/duration.ts';
import { textOf, wordsOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { readClock } from '../src/engine/command/story-clock.ts';
import type { SceneInfo } from '../src/engine/engine-api.ts';
import { say } from '../src/words/text.ts';

const UNSET = 'No hour was ever set in this story: /time set clock: 21:30 sets it.';

export const time: Command = {
  name: 'time',
  description: 'The hour of the story',
  actions: {
    skip: {
      description: 'Let some of the story’s time go by; everyone perceives it',
      options: [
        {
          name: 'amount',
          description: 'How much: 2 hours, 30 min, 1h30, 3 days, a week',
          type: 'text',
          required: true,
          max: 60,
        },
        {
          name: 'text',
          description: 'How the Narrator tells it; left out, made up',
          type: 'text',
          max: 1000,
        },
      ],
      allowed: 'owner',
      async run(context, values) {
        await sceneHere(context);
        const minutes = readDuration(wordsOf(values, 'amount'));
        await context.engine.direction.skipTime(context.place.scene, minutes, textOf(values, 'text'));
        const { clock } = await sceneHere(context);
        await context.reply(
          clock
            ? say('Time goes by: {{long}}. It is {{clock}}.', { long: durationWords(minutes), clock })
            : say('Time goes by: {{long}}.', { long: durationWords(minutes) }),
        );
      },
    },
    set: {
      description: 'Set the story’s clock',
      options: [
        {
          name: 'clock',
          description: 'The hour: 21:30, 9 pm, noon, or with its day: day 2 07:00',
          type: 'text',
          required: true,
          max: 60,
        },
      ],
      allowed: 'owner',
      async run(context, values) {
        const minutes = readClock(wordsOf(values, 'clock'), hourOf(await sceneHere(context)));
        await context.engine.direction.setClock(context.place.scene, minutes);
        const { clock } = await sceneHere(context);
        await context.reply(
          clock ? say('It is {{clock}} in the story.', { clock }) : 'It is that hour in the story.',
        );
      },
    },
    now: {
      description: 'What hour it is in the story',
      options: [],
      allowed: 'anyone',
      async run(context) {
        const { clock } = await sceneHere(context);
        await context.reply(clock ? say('It is {{clock}}.', { clock }) : UNSET);
      },
    },
  },
};

function hourOf({ clock }: SceneInfo): number {
  return clock === undefined ? 0 : readClock(clock);
}
