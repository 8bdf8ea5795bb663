import type { CommandAction, RetoldLine } from '../../src/engine/command/command.ts';
import { storyHere } from '../../src/engine/command/scene-here.ts';
import { PlayerError } from '../../src/errors.ts';
import { ENVIRONMENT } from '../../src/scene/beat.ts';
import type { StageBeat } from '../../src/scene/stage-beat.ts';
import { say } from '../../src/words/text.ts';

/** `/scene replay`: what happened in the open, and what was thought where everyone may read it now. */
export const replay: CommandAction = {
  description: 'Tell a finished scene again, in a thread of its own; thoughts where everyone may read them',
  options: [],
  allowed: 'owner',
  async run(context) {
    const { engine, place, retell, reply } = context;
    const { record } = await storyHere(context);
    if (record.status !== 'ended') {
      throw new PlayerError('Only a scene that has ended is told again. /scene end closes this one.');
    }
    if (!retell) throw new PlayerError('There are no threads here. /scene export hands over the scene.');
    // A room is a place of its own: who was not in it did not see what happened there.
    const beats = (await engine.replay(place.scene)).filter((beat) => beat.place === undefined);
    if (beats.length === 0) throw new PlayerError('Nothing happened in this scene that could be told.');
    const thoughts = await engine.openThoughts(place.scene);
    await retell(record.title, retold(beats, thoughts ?? new Map()));
    await reply(
      thoughts
        ? say('The scene is told again, with what the cast thought.')
        : say('The scene is told again. What the cast thought is left out: not everyone may read it.'),
    );
  },
};

async function* retold(
  beats: readonly StageBeat[],
  thoughts: ReadonlyMap<number, readonly string[]>,
): AsyncGenerator<RetoldLine> {
  for (const { n, kind, speaker, segments } of beats) {
    if (segments.length === 0) continue;
    const said = kind === 'line' && speaker && speaker.id !== ENVIRONMENT.id;
    yield { ...(said ? { speaker } : {}), segments, thoughts: said ? (thoughts.get(n) ?? []) : [] };
  }
}
