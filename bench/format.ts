import { renderCoser } from '../src/format/render-coser.ts';
import { renderHer } from '../src/format/render-her.ts';
import { type Segment, visibleSegments } from '../src/format/segments.ts';
import { createTurnParser, parseTurn } from '../src/format/turn-parser.ts';
import { herTurns } from './format/her-text.ts';
import { HOSTILE, hostileTurn } from './format/hostile.ts';
import { htmlViews } from './format/html-views.ts';
import { stripViews, stripViewsSharing } from './format/strip-list.ts';
import { type Paired, paired } from './measure/paired.ts';
import { atLeast, type Bench, figure, NO_REACH, type Reach, type Row } from './measure/row.ts';

const BYTES = 50e6;
/** Of what is cut into pieces; the pieces themselves take several times as much. */
const BYTES_IN_CHUNKS = 5e6;
const ROUNDS = 21;
const CHUNKS = [4, 64, 4096];
/** Of one hostile turn in a timed run, and before the first. */
const REPEATS = 5;
const WARM_UP = 20;
const SPEAKER = { name: 'Maria', aliases: ['Мария'] };
const [SHORT, LONG] = [16_384, 65_536];

/** Parsing plus the three views of a turn (own history, others, judge) beside deleting by patterns. */
export const format: Bench = {
  name: 'format',
  about: 'parser and three views beside a list of deletions, and beside an HTML parser, on the same text',
  async run() {
    const rows: Row[] = [];
    // First, in code that has met nothing else: a bot reads streams and nothing whole.
    for (const size of CHUNKS) {
      rows.push(await chunkRow('one-byte text', herTurns(BYTES_IN_CHUNKS, false), size));
      rows.push(await chunkRow('two-byte text', herTurns(BYTES_IN_CHUNKS, true), size));
    }
    const [narrow, wide] = [herTurns(BYTES, false), herTurns(BYTES, true)];
    rows.push(
      await wholeRow('one-byte text, beside the strip-list', narrow, stripViews, atLeast(2)),
      await wholeRow('two-byte text, beside the strip-list', wide, stripViews, atLeast(2)),
      await wholeRow(
        'one-byte text, beside the strip-list with its first step shared',
        narrow,
        stripViewsSharing,
      ),
      await wholeRow(
        'two-byte text, beside the strip-list with its first step shared',
        wide,
        stripViewsSharing,
      ),
      await wholeRow('one-byte text, beside htmlparser2', narrow, htmlViews, atLeast(2)),
    );
    rows.push(await hostileRow(), await hostileRow(4));
    if (sink === 0) throw new Error('nothing was parsed');
    return rows;
  },
};

// What is made is counted, so that none of it is left out as useless.
let sink = 0;

function views(segments: readonly Segment[]): number {
  return (
    renderHer(segments).length + renderHer(visibleSegments(segments)).length + renderCoser(segments).length
  );
}

async function wholeRow(
  what: string,
  turns: readonly string[],
  theirs: (turn: string) => number,
  reach: Reach = NO_REACH,
): Promise<Row> {
  const options = { speaker: SPEAKER };
  const result = await paired(
    () => {
      for (const turn of turns) sink += views(parseTurn(turn, options).segments);
    },
    () => {
      for (const turn of turns) sink += theirs(turn);
    },
    ROUNDS,
  );
  const megabytes = turns.reduce((sum, turn) => sum + Buffer.byteLength(turn), 0) / 1e6;
  return {
    ...fasterRow(`whole, ${what}; ratio: times its speed`, result, reach),
    value: figure(megabytes / (result.ours / 1000)),
    unit: 'MB/s',
    beside: figure(megabytes / (result.theirs / 1000)),
  };
}

/** Every piece is fed on its own; the baseline joins them and strips the whole. */
async function chunkRow(what: string, turns: readonly string[], size: number): Promise<Row> {
  const cut = turns.map((turn) =>
    Array.from({ length: Math.ceil(turn.length / size) }, (_, n) => turn.slice(n * size, (n + 1) * size)),
  );
  const options = { speaker: SPEAKER };
  const result = await paired(
    () => {
      for (const turn of cut) {
        const parser = createTurnParser(options);
        for (const chunk of turn) sink += parser.feed(chunk).length;
        sink += views(parser.end().turn.segments);
      }
    },
    () => {
      for (const turn of cut) {
        let text = '';
        for (const chunk of turn) text += chunk;
        sink += stripViews(text);
      }
    },
  );
  const chunks = cut.reduce((sum, turn) => sum + turn.length, 0);
  const nanoseconds = (ms: number) => figure((ms * 1e6) / chunks);
  const isSmall = size === Math.min(...CHUNKS);
  const row = fasterRow(
    `in chunks of ${size}, ${what}, a chunk; ratio: times the speed of “join, then strip”`,
    result,
    isSmall ? atLeast(0.8) : NO_REACH,
  );
  return {
    ...row,
    value: nanoseconds(result.ours),
    unit: 'ns',
    beside: nanoseconds(result.theirs),
    ...(isSmall ? { reach: `<= 100 ns, ratio ${row.reach}` } : {}),
    ok: row.ok && (!isSmall || nanoseconds(result.ours) <= 100),
  };
}

/** The slowest of them, and the one that grows most; whole, or in chunks of so many characters. */
async function hostileRow(size?: number): Promise<Row> {
  let slowest = 0;
  let worst: { readonly piece: string; readonly result: Paired } | undefined;
  for (const piece of HOSTILE) {
    const [long, short] = [readerOf(piece, LONG, size), readerOf(piece, SHORT, size)];
    // A loop that was never run is slower than any input makes it.
    for (let round = 0; round < WARM_UP; round += 1) short();
    const result = await paired(long, short);
    slowest = Math.max(slowest, result.ours / REPEATS);
    if (!worst || result.ratio > worst.result.ratio) worst = { piece, result };
  }
  const { piece, result } = worst ?? {
    piece: '',
    result: await paired(
      () => {},
      () => {},
    ),
  };
  const [low, high] = result.interval;
  return {
    measure: `slowest of ${HOSTILE.length} hostile turns of 64k characters${size ? ` in chunks of ${size}` : ''}; ratio: time over 16k of ${JSON.stringify(piece)}, which grows most`,
    value: figure(slowest),
    unit: 'ms',
    beside: null,
    ratio: figure(result.ratio),
    interval: [figure(low), figure(high)],
    reach: '<= 10 ms, ratio <= 6',
    ok: slowest <= 10 && low <= 6,
  };
}

function readerOf(piece: string, length: number, size = length): () => void {
  const turn = hostileTurn(piece, length);
  const chunks = Array.from({ length: length / size }, (_, n) => turn.slice(n * size, (n + 1) * size));
  const options = { maxChars: LONG, speaker: SPEAKER, others: ['Tom'] };
  return () => {
    for (let n = 0; n < REPEATS; n += 1) readOnce();
  };
  function readOnce() {
    const parser = createTurnParser(options);
    for (const chunk of chunks) sink += parser.feed(chunk).length;
    sink += parser.end().turn.segments.length;
  }
}

function fasterRow(measure: string, { ratio, interval }: Paired, reach: Reach): Row {
  const [low, high] = [1 / interval[1], 1 / interval[0]];
  return {
    measure,
    value: 0,
    unit: '',
    beside: null,
    ratio: figure(1 / ratio),
    interval: [figure(low), figure(high)],
    reach: reach.words,
    ok: reach.meets(high),
  };
}
