import { counted, shown } from '../numbers.ts';
import { inCapitals } from '../plain.ts';
import type { ReportCase, ReportData, ReportScores } from '../report-data.ts';
import { shareBar } from './bars.ts';
import { type Html, html, prose } from './html.ts';
import { transcriptHtml } from './transcript.ts';

type Scale = Pick<ReportScores, 'least' | 'most'>;

/** An index of the scenes, then each with its flaws and its transcript, closed until somebody opens it. */
export function scenesSection({ cases, scores, judge, failed = [], unit = 'scene' }: ReportData): Html {
  const scale = scores[0] ?? { least: 0, most: 100 };
  return html`<section aria-labelledby="scenes">
<h2 id="scenes" tabindex="-1">${inCapitals(unit)}s</h2>
${cases.length > 1 ? index(cases, scale, unit) : undefined}
${cases.map((one, at) => sceneHtml(one, at, { scale, times: judge?.times ?? 1 }))}
${failed.length > 0 ? failures(failed) : undefined}
</section>`;
}

function index(cases: readonly ReportCase[], scale: Scale, unit: string): Html {
  const rows = cases.map(
    ({ title, score, flaws, invalid }, at) =>
      html`<tr><td class="number soft">${at + 1}</td><th scope="row"><a href="#scene-${at + 1}"><bdi>${title}</bdi></a>${invalid ? html` <span class="badge">invalid</span>` : undefined}</th><td class="drawn">${scoreBar(score, scale)}</td><td class="number"><b>${shown(score)}</b></td><td class="number">${flaws.length}</td></tr>`,
  );
  return html`<details class="card index"><summary>${counted(cases.length, unit)} at a glance</summary>
<table>
<caption class="unseen">Scores and numbers of flaws of all ${unit}s</caption>
<thead><tr><th scope="col" class="number">#</th><th scope="col">${inCapitals(unit)}</th><th scope="col" class="drawn"><span class="unseen">Score, drawn</span></th><th scope="col" class="number">Score</th><th scope="col" class="number">Flaws</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</details>`;
}

type Around = { readonly scale: Scale; readonly times: number };

function sceneHtml(one: ReportCase, at: number, { scale, times }: Around): Html {
  const { title, score, parts = [], invalid, facts, flaws, transcript } = one;
  return html`<details class="card scene">
<summary><h3 dir="auto">${title}</h3><span class="result">${invalid ? html`<span class="badge">invalid</span> ` : undefined}<b>${shown(score)}</b></span></summary>
<div class="scene-body" id="scene-${at + 1}">
${facts.length > 0 ? html`<p class="soft" dir="auto">${prose(facts.join(' · '))}</p>` : undefined}
${parts.length > 0 ? partsHtml(parts, scale) : undefined}
${flaws.length > 0 ? flawsHtml(flaws, times) : html`<p class="soft">No flaw was found.</p>`}
${transcriptHtml(transcript)}
</div>
</details>`;
}

function partsHtml(parts: NonNullable<ReportCase['parts']>, scale: Scale): Html {
  const rows = parts.map(
    ({ label, value }) =>
      html`<tr><th scope="row">${label}</th><td class="drawn">${scoreBar(value, scale)}</td><td class="number"><b>${shown(value)}</b></td></tr>`,
  );
  return html`<table class="counts">
<caption class="unseen">Its scores</caption>
<thead class="unseen"><tr><th scope="col">What</th><th scope="col">Drawn</th><th scope="col">Score</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function flawsHtml(flaws: ReportCase['flaws'], times: number): Html {
  const groups = [...Map.groupBy(flaws, ({ dimension }) => dimension)];
  const items = groups.map(
    ([dimension, own]) => html`<h5>${dimension} <span class="soft">${own.length}</span></h5>
<ul class="flaws">
${own.map(flawHtml)}
</ul>`,
  );
  return html`<details class="inner"><summary><h4>${counted(flaws.length, 'flaw')}, as the judge lists them${times > 1 ? ` in ${times} judgements of each dimension` : ''}</h4></summary>
${items}
</details>`;
}

function flawHtml({ type, severity, what, hidden }: ReportCase['flaws'][number]): Html {
  const quote = hidden
    ? html`<q class="thought" dir="auto">${prose(what)}</q><span class="in-xray"> quotes a thought: it is shown with x-ray</span>`
    : html`<q dir="auto">${prose(what)}</q>`;
  return html`<li><span class="flaw-type" dir="auto">${type}</span>${severity ? html` <span class="severity">severity ${severity}</span>` : undefined}${what ? html` ${quote}` : undefined}</li>`;
}

function scoreBar(score: number | null, { least, most }: Scale): Html {
  return shareBar(score === null ? 0 : (score - least) / (most - least));
}

function failures(failed: NonNullable<ReportData['failed']>): Html {
  const items = failed.map(({ id, why }) => html`<li><b><bdi>${id}</bdi></b>: <bdi>${prose(why)}</bdi></li>`);
  return html`<div class="card alarm"><h3>Could not be played or judged</h3><p class="soft">In no figure.</p><ul class="plain-list">${items}</ul></div>`;
}
