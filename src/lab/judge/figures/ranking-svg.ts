import { html } from 'hono/html';
import type { Placed, RankedModel, Ranking } from './ranking.ts';
import type { JudgeSummary } from './summary.ts';

const WIDTH = 860;
const LEFT = 250;
const RIGHT = 40;
const ROW = 34;
const HEAD = 64;
const FOOT = 56;
/** Longer names are cut. Characters. */
const LONGEST_NAME = 28;
const INK = '#1f2933';
const FAINT = '#9aa5b1';
const GRID = '#e4e7eb';
const PLAIN = '#0b6e99';
const CONTROLLED = '#c2410c';

type Panel = { readonly judge: string; readonly ranking: Ranking };

/**
 * A picture of how models fare: a point for each strength with its interval, as it is (filled) and at one
 * length (hollow); one panel a judge, one scale for all. Undefined where nothing was ranked.
 */
export function rankingSvg(judges: readonly JudgeSummary[]): string | undefined {
  const panels = judges.flatMap(({ judge, ranking }): Panel[] => (ranking ? [{ judge, ranking }] : []));
  if (panels.length === 0) return undefined;
  const scale = scaleOf(panels.flatMap(({ ranking }) => ranking.models));
  const parts: string[] = [];
  let top = 0;
  for (const panel of panels) {
    parts.push(panelSvg(panel, top, scale));
    top += HEAD + panel.ranking.models.length * ROW + FOOT;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}" font-family="system-ui, sans-serif" font-size="14" fill="${INK}">`,
    `<rect width="${WIDTH}" height="${top}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

type Scale = { readonly low: number; readonly high: number; readonly step: number };

function panelSvg({ judge, ranking }: Panel, top: number, scale: Scale): string {
  const { models, refused, scenes } = ranking;
  const bottom = top + HEAD + models.length * ROW;
  const title = refused ? 'Not a ranking' : 'Strength (Elo)';
  const told = refused ? `${refused}.` : `95 % intervals over ${scenes} ${scenes === 1 ? 'scene' : 'scenes'}`;
  return [
    text(16, top + 24, `${title}, as ${cut(judge)} judges`, 'font-weight="600" font-size="16"'),
    text(16, top + 44, told, `fill="${refused ? CONTROLLED : INK}" font-size="12"`),
    ...ticksOf(scale).map((tick) => {
      const x = place(tick, scale);
      const isMean = tick === 1000;
      return [
        `<line x1="${x}" y1="${top + HEAD}" x2="${x}" y2="${bottom}" stroke="${isMean ? FAINT : GRID}"/>`,
        text(x, bottom + 18, String(tick), `text-anchor="middle" font-size="12" fill="${INK}"`),
      ].join('\n');
    }),
    ...models.map((model, row) => modelSvg(model, top + HEAD + row * ROW + ROW / 2, scale)),
    ...legend(bottom + 40),
  ].join('\n');
}

function modelSvg({ id, strength, controlled }: RankedModel, y: number, scale: Scale): string {
  return [
    text(LEFT - 16, y + 5, cut(id), 'text-anchor="end"'),
    markSvg(strength, y - 5, scale, { colour: PLAIN, filled: true }),
    markSvg(controlled, y + 6, scale, { colour: CONTROLLED, filled: false }),
  ].join('\n');
}

type Look = { readonly colour: string; readonly filled: boolean };

function markSvg({ elo, interval }: Placed, y: number, scale: Scale, { colour, filled }: Look): string {
  const bar = interval
    ? `<line x1="${place(interval.low, scale)}" y1="${y}" x2="${place(interval.high, scale)}" y2="${y}" stroke="${colour}" stroke-width="2"/>\n`
    : '';
  const fill = filled ? colour : '#ffffff';
  return `${bar}<circle cx="${place(elo, scale)}" cy="${y}" r="4.5" fill="${fill}" stroke="${colour}" stroke-width="2"/>`;
}

function legend(y: number): readonly string[] {
  return [
    `<circle cx="${LEFT + 4}" cy="${y - 4}" r="4.5" fill="${PLAIN}" stroke="${PLAIN}" stroke-width="2"/>`,
    text(LEFT + 16, y, 'as judged', 'font-size="12"'),
    `<circle cx="${LEFT + 114}" cy="${y - 4}" r="4.5" fill="#ffffff" stroke="${CONTROLLED}" stroke-width="2"/>`,
    text(LEFT + 126, y, 'at one length', 'font-size="12"'),
  ];
}

/** Round figures around all marks. */
function scaleOf(models: readonly RankedModel[]): Scale {
  const all = models.flatMap(({ strength, controlled }) =>
    [strength, controlled].flatMap(({ elo, interval }) => [elo, interval?.low ?? elo, interval?.high ?? elo]),
  );
  const [least, most] = [Math.min(1000, ...all), Math.max(1000, ...all)];
  const step = [10, 25, 50, 100, 200, 250, 500, 1000].find((one) => (most - least) / one <= 7) ?? 2000;
  return {
    low: Math.floor(least / step) * step,
    high: Math.max(Math.ceil(most / step), Math.floor(least / step) + 1) * step,
    step,
  };
}

function ticksOf({ low, high, step }: Scale): readonly number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => low + at * step);
}

function place(value: number, { low, high }: Scale): number {
  return Math.round((LEFT + ((value - low) / (high - low)) * (WIDTH - LEFT - RIGHT)) * 10) / 10;
}

function text(x: number, y: number, words: string, how: string): string {
  return `<text x="${x}" y="${y}" ${how}>${escaped(words)}</text>`;
}

function cut(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
}

/** Names come from files: nothing in them is a tag, and nothing that XML forbids is left. */
function escaped(words: string): string {
  const drawable = words.toWellFormed().replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '�');
  return String(html`${drawable}`);
}
