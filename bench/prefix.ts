import { naiveLayout } from './prefix/naive-layout.ts';
import { playScene, TURNS } from './prefix/recorded-scene.ts';
import { type Repeated, repeatedBy, shareOf } from './prefix/repeated.ts';
import type { Bench, Row } from './row.ts';

const WINDOWS = [
  { name: '32k', tokens: 32_768, reach: 0.95 },
  { name: '8k', tokens: 8192, reach: 0.83 },
] as const;
/** What may stand behind the last line, in tokens: whose turn it is, lore, what is recalled. */
const LONGEST_TAIL = 200;
const ENDLESS = 10_000_000;

/** How much of a prompt the model's server has read before: what a prefix cache can save. */
export const prefix: Bench = {
  name: 'prefix',
  about: `share of prompt tokens that repeat the previous prompt, ${TURNS} turns of five characters`,
  async run() {
    const whole = await playScene(ENDLESS);
    const rows: Row[] = [];
    for (const { name, tokens, reach } of WINDOWS) {
      const scene = await playScene(tokens);
      if (scene.turns.some(({ who }, turn) => who !== whole.turns[turn]?.who)) {
        throw new Error('the scenes are not the same: a window has changed who speaks');
      }
      const ours = repeatedBy(scene.turns);
      // The baseline may hold as much as ours ever does.
      const room = Math.max(...ours.map(({ longest }) => longest));
      const naive = repeatedBy(naiveLayout(whole.turns, room));
      rows.push(rowFor(`in all, ${name} window`, shareOf(ours), shareOf(naive), reach));
      rows.push(tailRow(name, Math.max(...ours.map(({ tail }) => tail))));
      for (const one of ours) {
        const other = naive.filter(({ who }) => who === one.who);
        rows.push(rowFor(`${one.who}, ${name} window: ${wordsFor(one)}`, shareOf([one]), shareOf(other)));
      }
      if (name !== '32k') continue;
      for (const one of repeatedBy(scene.director)) {
        rows.push(rowFor(`${one.who}, apart: ${wordsFor(one)}`, shareOf([one])));
      }
    }
    return rows;
  },
};

function wordsFor({ prompts, longest, breaks }: Repeated): string {
  return `${prompts} prompts, up to ${longest} tokens; window shrunk ${breaks} ×`;
}

function rowFor(measure: string, share: number, beside?: number, reach?: number): Row {
  const value = rounded(share);
  return {
    measure: `repeated, ${measure}`,
    value,
    unit: 'of tokens',
    beside: beside === undefined ? null : rounded(beside),
    ratio: beside === undefined ? null : rounded(share / beside),
    interval: null,
    reach: reach === undefined ? 'none set' : `>= ${reach}`,
    ok: reach === undefined || value >= reach,
  };
}

function tailRow(window: string, tail: number): Row {
  return {
    measure: `longest tail of a prompt, ${window} window`,
    value: tail,
    unit: 'tokens',
    beside: null,
    ratio: null,
    interval: null,
    reach: `<= ${LONGEST_TAIL}`,
    ok: tail <= LONGEST_TAIL,
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
