import { fileURLToPath } from 'node:url';
import type { Character } from '../src/cast/character.ts';
import { openLibrary } from '../src/cast/library/library.ts';
import { type Asked, type PlayedScene, playScene, type SceneOptions } from './calls/played-scene.ts';
import { median, medianInterval } from './measure/paired.ts';
import { aloneRow, atMost, type Bench, figure, NO_REACH, type Reach, type Row } from './measure/row.ts';
import { benchCast } from './prefix/cast.ts';

const TURNS = 300;
const SCRIPTS = 15;
/** What explains the figure needs no interval as narrow as the figure's. */
const FEWER = 5;
const RANKING = 3;
/** Of a script’s lines; a little below what may be, because dice vary. */
const NAMING = 0.24;
const MOST_NAMING = 0.25;
const MOST_CALLS = 1.4;
const MOST_TOKENS = 0.15;
const BEGINNING = 50;

type Way = Omit<SceneOptions, 'ranking' | 'script' | 'turns'> & { readonly naming: number };
/** A room as it is by default: at most three turns of the cast behind each line of the player. */
const DEFAULT: Way = { preset: 'conversation', contextSize: 8192, naming: NAMING, cast: benchCast() };

const SHIPPED = ['elizabeth-bennet', 'mr-darcy', 'mr-bennet', 'charlotte-lucas', 'dr-watson'];

/** The same scripts played with up to three turns a prediction, and with a prediction a turn. */
type Pair = { readonly ours: readonly PlayedScene[]; readonly theirs: readonly PlayedScene[] };

/**
 * What a turn that the room sees costs in requests, whoever they go to; broken-off ones count. A visible
 * turn is one of the cast or of the Environment: a player’s line is none.
 */
export const calls: Bench = {
  name: 'calls',
  about: `model calls and tokens per visible turn, ${TURNS} turns of five characters`,
  async run() {
    const usual = await playBoth(DEFAULT, SCRIPTS);
    const none = await playBoth({ ...DEFAULT, naming: 0 }, FEWER);
    const large = await playBoth({ ...DEFAULT, contextSize: 32_768 }, FEWER);
    const shipped = await playBoth({ ...DEFAULT, cast: await shippedCast() }, FEWER);
    const lively = await playBoth({ ...DEFAULT, preset: 'lively', handsOverAfter: 4 }, FEWER);
    const broken = await playBoth({ ...DEFAULT, preset: 'lively', breaksIn: true }, FEWER);
    return [
      rowOf('model calls, all roles', 'per turn', usual, callsOf(), atMost(MOST_CALLS)),
      rowOf('calls of the actor', 'per turn', usual, callsOf('actor')),
      rowOf('calls of the director', 'per turn', usual, callsOf('director')),
      rowOf('calls of the Environment', 'per turn', usual, callsOf('Environment')),
      savedRow('predictions saved', usual),
      rowOf('director’s prompts', 'of the actor’s tokens', usual, directorShare(), atMost(MOST_TOKENS)),
      rowOf(`the same, first ${BEGINNING} turns`, 'of the actor’s tokens', usual, directorShare(BEGINNING)),
      rowOf(
        `the same, first ${BEGINNING} turns, cards that ship`,
        'of the actor’s tokens',
        shipped,
        directorShare(BEGINNING),
      ),
      rowOf('the same, 32k window', 'of the actor’s tokens', large, directorShare()),
      rowOf('prompt tokens, all roles', 'per turn', usual, tokensPerTurn),
      rowOf('lines that name anyone', 'of lines', usual, namingShare, atMost(MOST_NAMING)),
      rowOf('player’s lines', 'per turn', usual, ({ playerLines, turns }) => playerLines / turns),
      rowOf('model calls where nobody is ever named', 'per turn', none, callsOf()),
      rowOf('model calls, lively, the player after four turns', 'per turn', lively, callsOf()),
      rowOf('model calls, lively, the player breaks turns off', 'per turn', broken, callsOf()),
    ];
  },
};

async function playBoth({ naming, ...way }: Way, scripts: number): Promise<Pair> {
  const ours: PlayedScene[] = [];
  const theirs: PlayedScene[] = [];
  for (let seed = 1; seed <= scripts; seed += 1) {
    const names = way.cast.map(({ name }) => name);
    const options = { ...way, turns: TURNS, script: { seed, naming, names } };
    ours.push(await playScene({ ...options, ranking: RANKING }));
    theirs.push(await playScene({ ...options, ranking: 1 }));
  }
  return { ours, theirs };
}

/** Median and interval over the scripts, beside the baseline’s median. */
function rowOf(
  measure: string,
  unit: string,
  { ours, theirs }: Pair,
  figureOf: (scene: PlayedScene) => number,
  reach: Reach = NO_REACH,
): Row {
  const values = ours.map(figureOf);
  const row = aloneRow(measure, unit, median(values), medianInterval(values), reach);
  return { ...row, beside: figure(median(theirs.map(figureOf))) };
}

function savedRow(measure: string, { ours, theirs }: Pair): Row {
  const asks = callsOf('director');
  const saved = ours.map((scene, at) => 1 - asks(scene) / asks(theirs[at] ?? scene));
  return aloneRow(measure, 'of the baseline’s', median(saved), medianInterval(saved), NO_REACH);
}

function callsOf(role?: Asked['of']): (scene: PlayedScene) => number {
  return ({ asked, turns }) => asked.filter(({ of }) => role === undefined || of === role).length / turns;
}

function directorShare(before = Infinity): (scene: PlayedScene) => number {
  return ({ asked }) => {
    const tokensOf = (role: Asked['of']) =>
      asked.reduce((sum, { of, tokens, turn }) => (of === role && turn < before ? sum + tokens : sum), 0);
    return tokensOf('director') / tokensOf('actor');
  };
}

function tokensPerTurn({ asked, turns }: PlayedScene): number {
  return asked.reduce((sum, { tokens }) => sum + tokens, 0) / turns;
}

function namingShare({ lines }: PlayedScene): number {
  const names = DEFAULT.cast.map(({ name }) => name);
  return lines.filter((line) => names.some((name) => line.includes(name))).length / lines.length;
}

/** Five people whose cards are as long as cards are. */
async function shippedCast(): Promise<Character[]> {
  const library = await openLibrary({
    shippedDir: fileURLToPath(new URL('../characters/', import.meta.url)),
  });
  const cast = SHIPPED.flatMap((id) => library.character(id) ?? []);
  await library.close();
  return cast;
}
