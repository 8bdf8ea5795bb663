import { PlayerError } from '../../errors.ts';
import { isCharacterId } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import type { Engine } from '../engine-api.ts';
import type { Witnessed } from '../ledger/ledger-api.ts';
import type { SceneId } from '../scene-record.ts';
import type { CommandOption, CommandValues } from './command.ts';
import { clipped } from './find-character.ts';
import { witnessedWords } from './witnessed-words.ts';

// So far back a menu looks for words that are typed.
const LOOK_BACK = 200;

/**
 * An option that names a beat by its number; the latest are suggested as `#12 Darcy: I should…`.
 * What passed between some alone is in no menu.
 * @param change `required`, another `name`; `lines`: lines of characters alone are suggested
 */
export function beatOption(
  description: string,
  { lines = false, ...change }: Partial<CommandOption> & { readonly lines?: boolean } = {},
): CommandOption {
  return {
    name: 'beat',
    description,
    type: 'text',
    max: 100,
    async complete({ engine, place, who }, partial) {
      const beats = await openBeats(engine, place.scene);
      const wanted = partial.trim().toLowerCase();
      return (lines ? beats.filter(isLine) : beats)
        .map((beat) => {
          const words = witnessedWords(beat, who.locale);
          return { name: clipped(words), value: String(beat.n), words };
        })
        .filter(({ words, value }) => value === wanted || words.toLowerCase().includes(wanted))
        .slice(0, 25)
        .map(({ name, value }) => ({ name, value }));
    },
    ...change,
  };
}

/**
 * The number of the beat that was chosen, typed as `12`, `#12` or as the menu shows it; undefined where it was left out.
 * @throws PlayerError where there is no number
 */
export function beatOf(values: CommandValues, name = 'beat'): number | undefined {
  const typed = values[name];
  if (typed === undefined) return undefined;
  const n = Number(/^\s*#?(\d{1,9})\b/u.exec(String(typed))?.[1] ?? Number.NaN);
  if (n >= 1) return n;
  throw new PlayerError(
    say('{{name}} is the number of a beat, such as #12. Choose one from the list that comes up.', { name }),
  );
}

/** The same for a beat that must be named. @throws PlayerError where it is not */
export function chosenBeat(values: CommandValues, name = 'beat'): number {
  const n = beatOf(values, name);
  if (n === undefined)
    throw new PlayerError(say('{{name}} is missing: the number of a beat, such as #12.', { name }));
  return n;
}

/** The latest line of a character, newest in the whole scene. @throws PlayerError where there is none */
export async function latestLine(engine: Engine, scene: SceneId): Promise<number> {
  const latest = (await openBeats(engine, scene)).find(isLine);
  if (latest) return latest.n;
  throw new PlayerError('No character has said anything here yet.');
}

async function openBeats(engine: Engine, scene: SceneId): Promise<readonly Witnessed[]> {
  if (!(await engine.info(scene))) return [];
  const recent = await engine.ledger.recent(scene, LOOK_BACK);
  return recent.filter(({ kind }) => kind !== 'whisper' && kind !== 'told');
}

function isLine({ kind, speaker }: Witnessed): boolean {
  return kind === 'line' && speaker !== undefined && isCharacterId(speaker.id);
}
