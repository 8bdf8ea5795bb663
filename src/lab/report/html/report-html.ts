import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inCapitals } from '../plain.ts';
import type { ReportData } from '../report-data.ts';
import { flawsSection } from './flaws.ts';
import { type Html, html, prose } from './html.ts';
import { scenesSection } from './scenes.ts';
import { headline, scoresSection } from './scores.ts';
import { factsSection, rolesSection, settingsSection } from './use.ts';

const CSS = ['base.css', 'figures.css', 'scenes.css', 'narrow.css']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('');
/** Our own styles and nothing else: no script, no form, no request to anywhere. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const ICON: Html = {
  markup:
    'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Crect width=%2216%22 height=%2216%22 rx=%224%22 fill=%22%235865f2%22/%3E%3Cpath d=%22M4 12V8M8 12V4M12 12V6%22 stroke=%22%23fff%22 stroke-width=%222%22/%3E%3C/svg%3E',
};

/**
 * The whole report as one page that needs nothing else: it works from a file, runs no script and asks for
 * nothing, whatever scenes and models wrote. X-ray is a checkbox; thoughts are not shown until it is on.
 */
export function reportHtml(data: ReportData): string {
  const style: Html = { markup: `<style>${CSS}</style>` };
  const { title, about, remarks } = data;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${ICON}">
${style}
</head>
<body>
<a class="skip" href="#scores">Skip to the scores</a>
<header class="top">
<p class="kicker">Dramatis lab</p>
<h1 dir="auto">${title}</h1>
<p class="about" dir="auto">${about}</p>
</header>
${navigation(data)}
<main>
${headline(data)}
${remarks.length > 0 ? remarksSection(remarks) : undefined}
${scoresSection(data)}
${factsSection(data)}
${flawsSection(data)}
${rolesSection(data)}
${scenesSection(data)}
${settingsSection(data)}
</main>
</body>
</html>
`.markup;
}

function navigation({ flaws, facts, roles, settings = [], unit = 'scene' }: ReportData): Html {
  const link = (id: string, words: string) => html`<a href="#${id}">${words}</a>`;
  return html`<nav class="hand" aria-label="Parts of the report">
<div class="links">${[
    link('scores', 'Scores'),
    ...(facts.length > 0 ? [link('facts', 'How it went')] : []),
    ...(flaws.length > 0 ? [link('flaws', 'Flaws')] : []),
    ...(roles.length > 0 ? [link('roles', 'Cost')] : []),
    link('scenes', `${inCapitals(unit)}s`),
    ...(settings.length > 0 ? [link('settings', 'Settings')] : []),
  ]}</div>
<label class="xray"><input type="checkbox" id="xray" autocomplete="off" aria-describedby="xray-says"> X-ray<span id="xray-says" class="unseen">Shows what characters thought</span></label>
</nav>`;
}

function remarksSection(remarks: readonly string[]): Html {
  return html`<section class="remarks" aria-labelledby="remarks">
<h2 id="remarks">Before a figure is used</h2>
<ul>
${remarks.map((remark) => html`<li dir="auto">${prose(remark)}</li>`)}
</ul>
</section>`;
}
