import type { ReportTurn } from '../report-data.ts';
import { type Html, html, prose } from './html.ts';

/** Colours that names are given. */
const COLOURS = 8;
const NARRATOR = 'Environment';

/**
 * What was said and done, with what was thought between. Thoughts are on the page, in a colour of their own,
 * and not shown (nor read out, nor printed) until the reader switches x-ray on.
 */
export function transcriptHtml(turns: readonly ReportTurn[]): Html | undefined {
  if (turns.length === 0) return undefined;
  const names = [...new Set(turns.map(({ name }) => name))].filter((name) => name !== NARRATOR);
  return html`<h4>Transcript</h4>
<ol class="turns">
${turns.map((turn) => turnHtml(turn, names.indexOf(turn.name)))}
</ol>`;
}

function turnHtml({ name, segments, note }: ReportTurn, place: number): Html {
  const colour = place < 0 ? 'narrator' : `role-${place % COLOURS}`;
  const isOpen = segments.some(({ kind }) => kind !== 'thought');
  return html`<li><p class="who"><b class="${colour}"><bdi>${name}</bdi></b>${note ? html` <span class="note">${note}</span>` : undefined}</p>
<div class="said" dir="auto">${segments.map(segmentHtml)}${isOpen ? undefined : html`<span class="soft">${segments.length > 0 ? 'says and does nothing' : 'nothing that could be played'}</span>`}</div></li>`;
}

function segmentHtml({ kind, text }: ReportTurn['segments'][number]): Html {
  if (kind === 'thought')
    return html`<span class="thought"><span class="unseen">thinks: </span>${prose(text)}</span>`;
  return kind === 'action' ? html`<em>${prose(text)}</em>` : html`<span>${prose(text)}</span>`;
}
