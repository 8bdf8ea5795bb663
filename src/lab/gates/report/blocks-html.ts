import { shareBar } from '../../report/html/bars.ts';
import { type Html, html, prose } from '../../report/html/html.ts';
import type { Block, Cell, Column, ShownExample } from './blocks.ts';

/** A block of a report as a piece of a page. */
export function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'facts':
      return html`<dl class="facts">${block.items.map(
        ({ label, value }) => html`<div class="fact"><dt>${label}</dt><dd>${value}</dd></div>`,
      )}</dl>`;
    case 'table':
      return tableHtml(block);
    case 'folded':
      return html`<details class="card folded"><summary><bdi>${block.title}</bdi></summary>
<ol class="examples">
${block.examples.map(exampleHtml)}
</ol>
</details>`;
  }
}

function tableHtml({ caption, how, columns, rows }: Extract<Block, { kind: 'table' }>): Html {
  return html`<div class="card scrolls" tabindex="0" role="group" aria-label="${caption}">
<table class="figures">
<caption><strong>${caption}</strong> <span>${prose(how)}</span></caption>
<thead><tr>${columns.map(headHtml)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell, at) => cellHtml(cell, at, columns[at]))}</tr>`)}
</tbody>
</table>
</div>`;
}

function headHtml({ label, kind }: Column): Html {
  if (kind === 'bar') return html`<th scope="col" class="drawn"><span class="unseen">${label}</span></th>`;
  return kind === 'number'
    ? html`<th scope="col" class="number">${label}</th>`
    : html`<th scope="col">${label}</th>`;
}

function cellHtml(cell: Cell, at: number, column: Column | undefined): Html {
  if (typeof cell !== 'string') return html`<td class="drawn">${shareBar(cell.share)}</td>`;
  if (column?.kind === 'number') return html`<td class="number">${cell}</td>`;
  return at === 0 ? html`<th scope="row"><bdi>${cell}</bdi></th>` : html`<td><bdi>${prose(cell)}</bdi></td>`;
}

function exampleHtml({ title, parts }: ShownExample): Html {
  return html`<li><p class="example-title"><bdi>${title}</bdi></p>
${parts.map(
  ({ label, text, isHidden }) =>
    html`<p class="part"><span class="label">${label}</span> <span class="${isHidden ? 'quoted hidden-layer' : 'quoted'}" dir="auto">${prose(text)}</span></p>`,
)}</li>`;
}
