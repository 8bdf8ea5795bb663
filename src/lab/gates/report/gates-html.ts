import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { shareBar } from '../../report/html/bars.ts';
import { type Html, html, prose } from '../../report/html/html.ts';
import { grouped } from '../../report/numbers.ts';
import type { GateResult } from '../table/gate.ts';
import type { Section } from './blocks.ts';
import { blockHtml } from './blocks-html.ts';
import { limitWords, STATES, valueWords, verdictWords } from './gate-words.ts';
import type { GatesReport } from './gates-report.ts';
import { sectionsOf } from './sections.ts';

const SHARED = new URL('../../report/html/', import.meta.url);
const CSS = [
  new URL('base.css', SHARED),
  new URL('figures.css', SHARED),
  new URL('gates.css', import.meta.url),
  new URL('narrow.css', SHARED),
]
  .map((url) => readFileSync(url, 'utf8'))
  .join('');
/** Our own styles and nothing else: no script, no form, no request to anywhere. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * The report as one page that needs nothing else, whatever the data holds: it runs no script and asks for
 * nothing. Examples show hidden layers, folded: the page stays in the lab.
 */
export function gatesHtml(report: GatesReport): string {
  const style: Html = { markup: `<style>${CSS}</style>` };
  const sections = sectionsOf(report);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Quality gates</title>
${style}
</head>
<body>
<a class="skip" href="#gates">Skip to the gates</a>
<header class="top">
<p class="kicker">Dramatis lab</p>
<h1>Quality gates</h1>
<p class="about"><bdi>${report.data}</bdi></p>
</header>
<nav class="hand" aria-label="Parts of the report">
<div class="links">${[link('gates', 'Gates'), ...sections.map(({ id, short }) => link(id, short))]}</div>
</nav>
<main>
<section class="hero" aria-labelledby="verdict">
<div class="hero-main verdict ${report.verdict}">
<h2 id="verdict">This data set</h2>
<p class="big">${STATES[report.verdict]}</p>
<p class="interval">${verdictWords(report)}</p>
<p class="soft">Seed ${report.seed}, Dramatis ${report.version}. The page quotes plans and thoughts, which are hidden layers: it stays in the lab.</p>
</div>
</section>
${gatesSection(report.gates)}
${sections.map(sectionHtml)}
</main>
</body>
</html>
`.markup;
}

function link(id: string, words: string): Html {
  return html`<a href="#${id}">${words}</a>`;
}

function gatesSection(gates: readonly GateResult[]): Html {
  return html`<section aria-labelledby="gates">
<h2 id="gates" tabindex="-1">Gates</h2>
<div class="card">
<ul class="gates">
${gates.map(gateHtml)}
</ul>
</div>
</section>`;
}

function gateHtml(gate: GateResult): Html {
  const { name, title, state, value, unit, n, why, how, isOwnLimit } = gate;
  return html`<li class="gate"><details>
<summary><span class="state ${state}">${STATES[state]}</span><span class="gate-title">${title}</span><span class="gate-value"><b>${valueWords(value, unit)}</b> <small>${limitWords(gate)}${isOwnLimit ? ', set' : ''}</small></span></summary>
<div class="gate-body">
${unit === 'share' && value !== null ? shareBar(value, state === 'pass' ? 'bar' : 'bar flawed') : undefined}
<p>${prose(why)}</p>
<p class="soft">${prose(how)} Of ${grouped(n)}. Another limit: <code>--gate ${name}=…</code></p>
</div>
</details></li>`;
}

function sectionHtml({ id, title, note, blocks }: Section): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}" tabindex="-1">${title}</h2>
${note ? html`<p class="soft section-note" dir="auto">${prose(note)}</p>` : undefined}
<div class="blocks">
${blocks.map(blockHtml)}
</div>
</section>`;
}
