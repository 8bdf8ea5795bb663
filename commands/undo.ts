import { beatOf } from '../src/engine/command/beat-option.ts';
import type { Command, CommandOption } from '../src/engine/command/command.ts';
import { clipped } from '../src/engine/command/find-character.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { visibleWords } from '../src/engine/command/witnessed-words.ts';
import type { Engine } from '../src/engine/engine-api.ts';
import type { Witnessed } from '../src/engine/ledger/ledger-api.ts';
import type { SceneId } from '../src/engine/scene-record.ts';
import { PlayerError } from '../src/errors.ts';
import { say } from '../src/words/text.ts';

// A coming or going that was long ago has been lived with.
const LOOK_BACK = 100;

const beat: CommandOption = {
  name: 'beat',
  description: 'Which coming or going; left out, the last that the Narrator told of',
  type: 'text',
  max: 100,
  async complete({ engine, place }, partial) {
    if (!(await engine.info(place.scene))) return [];
    const wanted = partial.trim().toLowerCase();
    return (await inferredBeats(engine, place.scene))
      .map((one) => ({ name: clipped(`#${one.n} ${wordsFor(one)}`), value: String(one.n) }))
      .filter(({ name, value }) => value === wanted || name.toLowerCase().includes(wanted))
      .slice(0, 25);
  },
};

export const undo: Command = {
  name: 'undo',
  description: 'The Narrator was wrong: someone did not come or go',
  action: {
    description: 'The Narrator was wrong: someone did not come, go, wake or fall asleep',
    options: [beat],
    allowed: 'owner',
    async run(context, values) {
      const { engine, place, reply } = context;
      await sceneHere(context);
      const n = beatOf(values) ?? (await inferredBeats(engine, place.scene))[0]?.n;
      if (n === undefined)
        throw new PlayerError('The Narrator told of no coming or going that could be undone.');
      const name = await engine.past.undo(place.scene, n);
      await reply(say('Undone: {{name}} is where they were before, as if it had never been told.', { name }));
    },
  },
};

/** What the Narrator told of and someone may take back, newest first. */
async function inferredBeats(engine: Engine, scene: SceneId): Promise<readonly Witnessed[]> {
  return (await engine.ledger.recent(scene, LOOK_BACK)).filter(({ inferred }) => inferred);
}

function wordsFor({ kind, speaker, segments }: Witnessed): string {
  return (
    visibleWords(segments) || `${speaker?.name ?? 'Someone'} ${kind === 'exit' ? 'leaves' : 'comes in'}.`
  );
}
