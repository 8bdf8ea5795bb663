import { changeWords } from '../../cast/changes/change-words.ts';
import { fieldWords } from '../../cast/changes/field-words.ts';
import type { Change } from '../../cast/changes/proposal.ts';
import { forScreen } from '../../format/render-plain.ts';
import { render } from '../../words/render.ts';

/** A change as a terminal shows it: the field, the difference, and what bears it out. */
export function shownChange(change: Change): string {
  const lines = [
    `${render(fieldWords(change.field))}${change.why === '' ? '' : ` (lacking: ${change.why})`}`,
    indented(changeWords(change)),
    ...change.sources.map((source) => `    from: “${source}”`),
  ];
  return forScreen(lines.join('\n'));
}

function indented(text: string): string {
  return text.replace(/^/gmu, '  ');
}
