import type { ReportFigure, ReportScores } from '../report-data.ts';
import { type Html, html } from './html.ts';

type Scale = Pick<ReportScores, 'least' | 'most'>;

/**
 * A bar up to the mean with its interval as a whisker, as wide as there is room. The figures stand beside
 * it in words, so it is a picture only.
 */
export function intervalBar({ mean, low, high }: ReportFigure, scale: Scale): Html {
  const at = (value: number) => placed(value, scale);
  const bar = mean === null ? undefined : html`<rect class="bar" y="5" width="${at(mean)}" height="10"/>`;
  const whisker =
    low === null || high === null
      ? undefined
      : html`<path class="whisker" d="M${at(low)} 10H${at(high)}M${at(low)} 5V15M${at(high)} 5V15"/>`;
  return html`<svg class="chart" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true"><rect class="track" y="5" width="100" height="10"/>${bar}<path class="grid" d="M25 2V18M50 2V18M75 2V18"/>${whisker}</svg>`;
}

/** A plain bar. @param share 0…1 */
export function shareBar(share: number, kind = 'bar'): Html {
  const width = placed(share, { least: 0, most: 1 });
  return html`<svg class="chart thin" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true"><rect class="track" y="6" width="100" height="8"/><rect class="${kind}" y="6" width="${width}" height="8"/></svg>`;
}

const BINS = 20;

/** How many values lie where on the scale, as columns. */
export function histogram(values: readonly number[], scale: Scale): Html {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((placed(value, scale) / 100) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  const width = 100 / BINS;
  const columns = counts.map((count, bin) => {
    const height = round((count / most) * 38);
    return html`<rect class="bar" x="${round(bin * width + 0.4)}" y="${round(40 - height)}" width="${round(width - 0.8)}" height="${height}"/>`;
  });
  return html`<svg class="histogram" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">${columns}<path class="grid" d="M0 40H100"/></svg>`;
}

/** 0…100 along the scale; what lies outside stands at its end. */
function placed(value: number, { least, most }: Scale): number {
  const share = most > least ? (value - least) / (most - least) : 0;
  return round(Math.min(1, Math.max(0, share)) * 100);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
