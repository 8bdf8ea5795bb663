import { passLastGate } from '../../../src/format/last-gate.ts';
import type { Segment } from '../../../src/format/segments.ts';
import { createTurnParser } from '../../../src/format/turn-parser.ts';
import type { Beat } from '../../../src/scene/beat.ts';
import { createMinds, type Minds } from '../../../src/scene/minds.ts';
import { toStageBeat } from '../../../src/scene/stage-beat.ts';
import { createRandom, type Random } from '../../../test/property/format/random.ts';
import { stripped } from './strip-list.ts';
import type { Tally } from './tally.ts';
import { fuzzTurn, HIDDEN } from './turns.ts';

const CAST = ['Old Wenna', 'Tom Reddick', 'Ines'];
const PEOPLE = CAST.map((name) => ({ id: `character:${name.toLowerCase().replaceAll(' ', '-')}`, name }));
/** Turns of one log; then another scene begins. */
const SCENE = 200;

/**
 * Parser, last gate and views alone: each turn is cut into pieces at random, parsed, recorded before some
 * of the cast, and looked for in the views of everybody and on the stage.
 *
 * @param from the first seed
 */
export function parseAndView(from: number, turns: number, sabotage: boolean, tally: Tally): void {
  let minds = mindsOfAll();
  let n = PEOPLE.length;
  for (let seed = from; seed < from + turns; seed += 1) {
    if (n >= SCENE) {
      minds = mindsOfAll();
      n = PEOPLE.length;
    }
    const random = createRandom(seed * 7 + 3);
    const [speaker = PEOPLE[0], other = PEOPLE[1]] = [random.int(3), 1 + random.int(2)].map(
      (_, at, drawn) => PEOPLE[((drawn[0] ?? 0) + (at === 0 ? 0 : (drawn[1] ?? 1))) % 3],
    );
    if (!speaker || !other) continue;
    const turn = fuzzTurn(seed, { speaker: speaker.name, other: other.name, mark: `x${seed}n` });
    const read = sabotage ? strip(turn.text) : parse(turn.text, speaker.name, random);
    tally.turns += 1;
    for (const kind of turn.kinds) tally.kind(kind);
    const shown = sabotage ? textOf(read.segments) : textOf(passLastGate(read.segments, read.plan));
    if (shown === '') {
      if (turn.clean) tally.rejected += 1;
      continue;
    }
    tally.look(`on the stage (seed ${seed}, ${turn.kinds.join(', ')})`, shown, HIDDEN);
    if (turn.clean && turn.visible.some((marker) => !shown.includes(marker))) tally.lost += 1;
    n += 1;
    const witnesses = PEOPLE.filter(({ id }) => id === speaker.id || random.chance(0.6)).map(({ id }) => id);
    const beat: Beat = {
      n,
      at: n,
      origin: 'lab',
      witnesses,
      kind: 'line',
      speaker,
      turn: `${n}`,
      segments: [...read.segments],
    };
    look(beat, minds, tally, seed);
  }
}

/** A scene that everybody has entered. */
function mindsOfAll(): Minds {
  const minds = createMinds();
  const witnesses = PEOPLE.map(({ id }) => id);
  for (const [at, actor] of PEOPLE.entries()) {
    minds.add({ n: at + 1, at: 0, origin: 'lab', witnesses, kind: 'entrance', actor, text: '' });
  }
  return minds;
}

/** A new beat in every view: nobody has what it did not witness, and nobody's thoughts but its own. */
function look(beat: Beat & { readonly kind: 'line' }, minds: Minds, tally: Tally, seed: number): void {
  minds.add(beat);
  if (JSON.stringify(beat).includes('PLAN')) tally.leak(`a plan in the log (seed ${seed})`);
  for (const { id } of PEOPLE) {
    const entry = minds.people.get(id)?.entries.at(-1);
    if (entry?.n !== beat.n) continue;
    if (!beat.witnesses.includes(id)) tally.leak(`${id} perceives what it did not witness (seed ${seed})`);
    if (id !== beat.speaker.id)
      tally.look(`in the view of ${id} (seed ${seed})`, JSON.stringify(entry), HIDDEN);
  }
  const { director, environment } = minds.place('main');
  for (const view of [director, environment]) {
    tally.look(`in a director’s view (seed ${seed})`, JSON.stringify(view.entries.at(-1) ?? ''), HIDDEN);
  }
  tally.look(`in what is posted (seed ${seed})`, JSON.stringify(toStageBeat(beat)), HIDDEN);
}

function parse(
  text: string,
  speaker: string,
  random: Random,
): { segments: readonly Segment[]; plan: string } {
  const parser = createTurnParser({
    speaker: { name: speaker, aliases: [] },
    others: [...CAST.filter((name) => name !== speaker), 'Environment'],
  });
  for (let at = 0; at < text.length; ) {
    const length = random.chance(0.2) ? 1 : 1 + random.int(40);
    parser.feed(text.slice(at, at + length));
    at += length;
  }
  const { turn } = parser.end();
  return { segments: turn.segments, plan: turn.systemThinking };
}

function strip(text: string): { segments: readonly Segment[]; plan: string } {
  return { segments: [{ kind: 'speech', text: stripped(text) }], plan: '' };
}

function textOf(segments: readonly Segment[]): string {
  return segments.flatMap(({ kind, text }) => (kind === 'thought' ? [] : [text])).join('\n');
}
