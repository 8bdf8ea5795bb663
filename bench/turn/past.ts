import { parseTurn } from '../../src/format/turn-parser.ts';
import { type Actor, type Beat, characterActorId, playerActorId } from '../../src/scene/beat.ts';
import { defaultCast } from '../../test/support/small-library.ts';
import { writeSpeech, writeTurn } from './prose.ts';

export const PLAYER = { id: 'p1', name: 'Mara' };
export const CAST = defaultCast();

/** As many character turns follow a player’s line as in play by default. */
export const TURNS_PER_LINE = 3;

const SETTING = 'The ferry landing of a small harbour at dusk; rain is coming in from the sea.';

/** The log of a scene that was played for so many beats: who is there comes in, then lines and turns. */
export function* pastBeats(seed: number, length: number): Generator<Beat> {
  const characters = CAST.map(({ id, name }): Actor => ({ id: characterActorId(id), name }));
  const player: Actor = { id: playerActorId(PLAYER.id), name: PLAYER.name };
  const people = [...characters, player];
  const witnesses = people.map(({ id }) => id);
  const common = (n: number) => ({ n, at: START + n * 20_000, origin: 'lab' as const, witnesses });
  yield { ...common(1), kind: 'setting', text: SETTING, quiet: true };
  for (const [at, actor] of people.entries()) {
    yield { ...common(at + 2), kind: 'entrance', actor, quiet: true };
  }
  for (let n = people.length + 2; n <= length; n += 1) {
    const speaker = n % (TURNS_PER_LINE + 1) === 0 ? player : characters[n % characters.length];
    if (!speaker) return;
    if (speaker === player) {
      const segments = [{ kind: 'speech' as const, text: writeSpeech(seed, n, 1) }];
      yield { ...common(n), kind: 'line', speaker, turn: `p${n}`, segments, source: `said-${seed}-${n}` };
      continue;
    }
    const segments = [...parseTurn(writeTurn(seed, n)).segments];
    const made = { by: 'instant', why: 'chance', attempts: 1, promptTokens: 3000, completionTokens: 90 };
    yield { ...common(n), kind: 'line', speaker, turn: `${n}.1`, segments, made };
  }
}

const START = Date.UTC(2026, 0, 1);
