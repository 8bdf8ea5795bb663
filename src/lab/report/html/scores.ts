import { between, counted, shown } from '../numbers.ts';
import type { ReportData, ReportFigure, ReportScores } from '../report-data.ts';
import { histogram, intervalBar } from './bars.ts';
import { type Html, html } from './html.ts';

/** The headline, and the first figure of the group after it where that is judged too. */
export function headline({ scores, judge, unit = 'scene' }: ReportData): Html | undefined {
  const [first, second] = scores;
  const figure = first?.figures[0];
  if (!first || !figure) return undefined;
  const other = second?.judged !== false ? second?.figures[0] : undefined;
  return html`<section class="hero" aria-labelledby="headline">
<div class="hero-main">
<h2 id="headline">${first.label}</h2>
<p class="big">${shown(figure.mean)}<span class="of"> of ${first.most}</span></p>
${intervalBar(figure, first)}
<p class="interval">${intervalWords(figure, unit)}</p>
${judgeLine(judge, first)}
</div>
${second && other ? beside(second, other, { judge, unit }) : undefined}
</section>`;
}

function beside(
  group: ReportScores,
  figure: ReportFigure,
  { judge, unit }: { readonly judge: ReportData['judge']; readonly unit: string },
): Html {
  return html`<div class="hero-side">
<h3>${group.label}</h3>
<p class="big">${shown(figure.mean)}</p>
${intervalBar(figure, group)}
<p class="interval">${intervalWords(figure, unit)}</p>
${judgeLine(judge, group)}
</div>`;
}

function intervalWords({ label, mean, low, high, n }: ReportFigure, unit: string): string {
  const interval = between(low, high);
  if (mean === null) return `${label}: nothing could be scored`;
  return `${label}, 95 % interval ${interval || 'not there'}, ${counted(n, unit)}`;
}

/** Every group of figures with its bars. */
export function scoresSection({ scores, judge, cases, unit = 'scene' }: ReportData): Html {
  const [first] = scores;
  const values = cases.flatMap(({ score }) => (score === null ? [] : [score])).sort((a, b) => a - b);
  return html`<section aria-labelledby="scores">
<h2 id="scores" tabindex="-1">Scores</h2>
<div class="cards">${scores.map((group) => scoreCard(group, judge))}
${first && values.length > 1 ? spread(values, first, unit) : undefined}</div>
</section>`;
}

function scoreCard(group: ReportScores, judge: ReportData['judge']): Html {
  const rows = group.figures.map(
    (figure) =>
      html`<tr><th scope="row">${figure.label}</th><td class="drawn">${intervalBar(figure, group)}</td><td class="number"><b>${shown(figure.mean)}</b> <small>${between(figure.low, figure.high)}</small></td><td class="number n">${figure.n}</td></tr>`,
  );
  return html`<div class="card">
<table class="scores">
<caption><strong>${group.label}</strong> <span>${group.note}</span> ${judgeLine(judge, group)}</caption>
<thead><tr><th scope="col"><span class="unseen">What</span></th><th scope="col" class="scale"><span class="ends"><span>${group.least}</span><span>${group.most}</span></span></th><th scope="col" class="number">mean <small>95 % interval</small></th><th scope="col" class="number n">n</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</div>`;
}

/** Beside every score that a judge made. */
function judgeLine(judge: ReportData['judge'], { judged }: ReportScores): Html | undefined {
  if (!judge || judged === false) return undefined;
  const times = judge.times > 1 ? `, ${judge.times} times each` : '';
  return html`<span class="judge">judge <b>${judge.model}</b>, prompt <code>${judge.hash}</code>${times}</span>`;
}

function spread(values: readonly number[], scale: ReportScores, unit: string): Html {
  const least = values[0] ?? 0;
  const most = values.at(-1) ?? 0;
  const middle = values[Math.floor(values.length / 2)] ?? 0;
  return html`<figure class="card spread">
<figcaption><strong>How ${unit}s are spread</strong> <span>lowest ${shown(least)}, median ${shown(middle)}, highest ${shown(most)}; ${counted(values.length, unit)}</span></figcaption>
${histogram(values, scale)}
<span class="ends" aria-hidden="true"><span>${scale.least}</span><span>${scale.most}</span></span>
</figure>`;
}
