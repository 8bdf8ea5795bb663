import { renderCoser } from '../src/format/render-coser.ts';
import { renderHer } from '../src/format/render-her.ts';
import { visibleSegments } from '../src/format/segments.ts';
import { createTurnParser, parseTurn } from '../src/format/turn-parser.ts';
import { herTurns } from './her-text.ts';
import { paired } from './paired.ts';
import type { Bench, Row } from './row.ts';
import { stripForJudge, stripForOthers, stripPlan } from './strip-list.ts';

const TURNS = 6000;
const HOSTILE = ['<', '[', '<role_', '</', '<role_thinking>', '*', '<___'];

/** Parsing plus the three views of a turn (own history, others, judge) beside deleting by patterns. */
export const format: Bench = {
  name: 'format',
  about: 'parser and three views beside a list of deletions on the same text',
  async run() {
    return [
      await whole('one-byte text', herTurns(TURNS, false)),
      await whole('two-byte text', herTurns(TURNS, true)),
      await chunked(herTurns(TURNS / 4, false), 4),
      await hostile(),
    ];
  },
};

async function whole(what: string, turns: readonly string[]): Promise<Row> {
  const megabytes = turns.reduce((sum, turn) => sum + Buffer.byteLength(turn), 0) / 1e6;
  const options = { speaker: { name: 'Maria', aliases: ['Мария'] } };
  let sink = 0;
  const { ours, theirs, ratio, interval } = await paired(
    () => {
      for (const turn of turns) {
        const { segments } = parseTurn(turn, options);
        sink +=
          renderHer(segments).length +
          renderHer(visibleSegments(segments)).length +
          renderCoser(segments).length;
      }
    },
    () => {
      for (const turn of turns)
        sink += stripPlan(turn).length + stripForOthers(turn).length + stripForJudge(turn).length;
    },
  );
  if (sink === 0) throw new Error('nothing was parsed');
  const faster: [number, number] = [1 / interval[1], 1 / interval[0]];
  return {
    measure: `parser + 3 views, ${what}, times the strip-list’s speed`,
    value: round(megabytes / (ours / 1000)),
    unit: 'MB/s',
    beside: round(megabytes / (theirs / 1000)),
    ratio: round(1 / ratio),
    interval: [round(faster[0]), round(faster[1])],
    reach: '>= 2',
    ok: faster[1] >= 2,
  };
}

async function chunked(turns: readonly string[], size: number): Promise<Row> {
  const cut = turns.map((turn) => {
    const chunks: string[] = [];
    for (let at = 0; at < turn.length; at += size) chunks.push(turn.slice(at, at + size));
    return chunks;
  });
  const chunks = cut.reduce((sum, turn) => sum + turn.length, 0);
  let sink = 0;
  const { ours, theirs, ratio, interval } = await paired(
    () => {
      for (const turn of cut) {
        const parser = createTurnParser();
        for (const chunk of turn) parser.feed(chunk);
        sink += parser.end().turn.segments.length;
      }
    },
    () => {
      for (const turn of cut) {
        let text = '';
        for (const chunk of turn) text += chunk;
        sink += stripPlan(text).length + stripForOthers(text).length;
      }
    },
  );
  if (sink === 0) throw new Error('nothing was parsed');
  const faster: [number, number] = [1 / interval[1], 1 / interval[0]];
  const nanoseconds = (ours * 1e6) / chunks;
  return {
    measure: `streamed in chunks of ${size}, per chunk; ratio: times the speed of “join, then strip”`,
    value: round(nanoseconds),
    unit: 'ns',
    beside: round((theirs * 1e6) / chunks),
    ratio: round(1 / ratio),
    interval: [round(faster[0]), round(faster[1])],
    reach: '<= 100 ns, ratio >= 0.8',
    ok: nanoseconds <= 100 && faster[1] >= 0.8,
  };
}

async function hostile(): Promise<Row> {
  const turn = (piece: string, length: number) =>
    piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  let slowest = 0;
  let growth = 0;
  let interval: readonly [number, number] = [0, 0];
  let shorter = 0;
  for (const piece of HOSTILE) {
    const [long, short] = [turn(piece, 65_536), turn(piece, 16_384)];
    const options = { maxChars: 65_536 };
    const result = await paired(
      () => parseTurn(long, options),
      () => parseTurn(short, options),
    );
    slowest = Math.max(slowest, result.ours);
    if (result.ratio > growth) {
      growth = result.ratio;
      interval = result.interval;
      shorter = result.theirs;
    }
  }
  return {
    measure: 'slowest hostile turn of 64k characters; ratio: its time over 16k',
    value: round(slowest),
    unit: 'ms',
    beside: round(shorter),
    ratio: round(growth),
    interval: [round(interval[0]), round(interval[1])],
    reach: '<= 10 ms, ratio <= 6',
    ok: slowest <= 10 && interval[0] <= 6,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
