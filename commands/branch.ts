import { beatOption, chosenBeat } from '../src/engine/command/beat-option.ts';
import type { Command } from '../src/engine/command/command.ts';
import { checkServer } from '../src/engine/command/open-here.ts';
import { storyHere } from '../src/engine/command/scene-here.ts';
import { PlayerError } from '../src/errors.ts';
import { say } from '../src/words/text.ts';

export const branch: Command = {
  name: 'branch',
  description: 'What if? Play on from an earlier moment in another place',
  action: {
    description: 'What if? Another scene goes on from this moment, in a thread; this one stays as it is',
    options: [beatOption('The last beat that both have in common', { name: 'at', required: true })],
    allowed: 'owner',
    async run(context, values) {
      const { engine, place, who, openThread, reply } = context;
      const { record } = await storyHere(context);
      await checkServer(context);
      const n = chosenBeat(values, 'at');
      // Before a thread is opened for it.
      if (!(await engine.replay(place.scene, n)).some((beat) => beat.n === n)) {
        throw new PlayerError(
          say('#{{n}} is not part of the story. Choose a beat from the list that comes up.', { n }),
        );
      }
      if (!openThread) {
        throw new PlayerError('There are no threads here for a second scene. /rewind goes back in this one.');
      }
      const title = `What if: ${record.title}`.slice(0, 100);
      const { scene, server, parent } = await openThread(title);
      await engine.past.branch(place.scene, n, {
        id: scene,
        ...(server === undefined ? {} : { server }),
        ...(parent === undefined ? {} : { parent }),
        owner: who,
        title,
      });
      await reply(say('“{{title}}” goes on from #{{n}}, with the same minds.', { title, n }));
    },
  },
};
