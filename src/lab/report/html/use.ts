import { duration, grouped } from '../numbers.ts';
import type { ReportData } from '../report-data.ts';
import { shareBar } from './bars.ts';
import { type Html, html } from './html.ts';

/** Format validity, leaks, invalid cases and the like: what a figure is worth. */
export function factsSection({ facts }: ReportData): Html | undefined {
  if (facts.length === 0) return undefined;
  const items = facts.map(
    ({ label, value, alarm }) =>
      html`<div class="${alarm ? 'fact alarm' : 'fact'}"><dt>${label}</dt><dd>${value}${alarm ? html` <span class="unseen">(should not be so)</span>` : undefined}</dd></div>`,
  );
  return html`<section aria-labelledby="facts">
<h2 id="facts" tabindex="-1">How it went</h2>
<dl class="facts">${items}</dl>
</section>`;
}

/** What each part used up, and how long its answers took. */
export function rolesSection({ roles }: ReportData): Html | undefined {
  if (roles.length === 0) return undefined;
  const slowest = Math.max(1, ...roles.map(({ p95 }) => p95));
  const rows = roles.map(
    ({ role, model, calls, tokens, cost, p50, p95 }) =>
      html`<tr><th scope="row">${role}<small class="model">${model}</small></th><td class="number">${grouped(calls)}</td><td class="number">${grouped(tokens)}</td><td class="number">${cost || '–'}</td><td class="drawn">${shareBar(p95 / slowest, 'bar late')}${shareBar(p50 / slowest)}</td><td class="number">${duration(p50)}<small>${duration(p95)}</small></td></tr>`,
  );
  return html`<section aria-labelledby="roles">
<h2 id="roles" tabindex="-1">Cost and latency</h2>
<div class="card scrolls" tabindex="0" role="group" aria-labelledby="roles">
<table class="roles">
<caption><span>By part. Latency is of whole answers: the 95th percentile over the median.</span></caption>
<thead><tr><th scope="col">Part</th><th scope="col" class="number">Calls</th><th scope="col" class="number">Tokens</th><th scope="col" class="number">Cost</th><th scope="col" class="drawn"><span class="unseen">Latency, drawn</span></th><th scope="col" class="number">Median<small>95th</small></th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</div>
</section>`;
}

/** All that would be needed to do it again. */
export function settingsSection({ settings = [] }: ReportData): Html | undefined {
  if (settings.length === 0) return undefined;
  const rows = settings.map(
    ({ label, value }) => html`<tr><th scope="row">${label}</th><td dir="auto">${value}</td></tr>`,
  );
  return html`<section aria-labelledby="settings">
<h2 id="settings" tabindex="-1">How to get it again</h2>
<details class="card"><summary>All settings of this run</summary>
<table class="settings">
<caption class="unseen">Settings of the run</caption>
<thead class="unseen"><tr><th scope="col">Setting</th><th scope="col">Value</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</details>
</section>`;
}
