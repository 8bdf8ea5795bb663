import { counted, grouped } from '../numbers.ts';
import type { ReportData } from '../report-data.ts';
import { shareBar } from './bars.ts';
import { type Html, html } from './html.ts';

type Count = ReportData['flaws'][number];

/** So many kinds are shown at once, and so many at all. */
const FIRST = 8;
const MOST = 60;

/** Flaws by type, a table for each group; one scale for all, so that groups compare. */
export function flawsSection({ flaws }: ReportData): Html | undefined {
  if (flaws.length === 0) return undefined;
  const most = Math.max(...flaws.map(({ count }) => count));
  const groups = [...Map.groupBy(flaws, ({ group }) => group)];
  return html`<section aria-labelledby="flaws">
<h2 id="flaws" tabindex="-1">Flaws by type</h2>
<div class="cards">${groups.map(([group, counts]) => groupCard(group, counts, most))}</div>
</section>`;
}

function groupCard(group: string, counts: readonly Count[], most: number): Html {
  const sum = counts.reduce((total, { count }) => total + count, 0);
  const rest = counts.slice(FIRST);
  const caption = html`<caption><strong>${group}</strong> <span>${counted(sum, 'flaw')} of ${counted(counts.length, 'kind')}</span></caption>`;
  const more =
    rest.length > 0
      ? html`<details><summary>${counted(rest.length, 'rarer kind')}</summary>
${table(html`<caption class="unseen">Rarer kinds of ${group}</caption>`, rest.slice(0, MOST - FIRST), most)}
${rest.length > MOST - FIRST ? html`<p class="soft">and ${grouped(rest.length - (MOST - FIRST))} more in report.json</p>` : undefined}
</details>`
      : undefined;
  return html`<div class="card">${table(caption, counts.slice(0, FIRST), most)}${more}</div>`;
}

function table(caption: Html, counts: readonly Count[], most: number): Html {
  const rows = counts.map(
    ({ label, count }) =>
      html`<tr><th scope="row">${label}</th><td class="drawn">${shareBar(count / most, 'bar flawed')}</td><td class="number">${grouped(count)}</td></tr>`,
  );
  return html`<table class="counts">
${caption}
<thead class="unseen"><tr><th scope="col">Type</th><th scope="col">Share</th><th scope="col">Flaws</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}
