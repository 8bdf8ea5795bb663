import type { Character } from '../../cast/character.ts';
import type { MacroNames } from '../../cast/macros/macro-names.ts';
import { expandMacros } from '../../cast/macros.ts';
import { createNames } from '../../format/labels.ts';
import { neutraliseLines } from '../../format/neutralise.ts';
import type { View } from '../../scene/view.ts';
import { createWindow } from '../../scene/window.ts';
import type { JudgeContext } from '../verdict/verdict.ts';
import { viewLine } from './view-line.ts';

export type Viewed = {
  readonly character: Character;
  /** What macros of the card stand for. */
  readonly macros: MacroNames;
  readonly setting: string;
  readonly others: JudgeContext['others'];
  /** The speaker's own: a judge sees no other. */
  readonly view: View;
  /** Only what was perceived before this beat. */
  readonly before?: number;
  /** Weight (`weightOf`) of the lines, at most. */
  readonly budget: number;
};

const NOBODY = createNames(undefined, []);

/** What a judge of a character's turn reads: its sheet, the setting, and what it perceived. */
export function contextOf({
  character,
  macros,
  setting,
  others,
  view,
  before = Number.POSITIVE_INFINITY,
  budget,
}: Viewed): JudgeContext {
  const fill = (text: string) => neutraliseLines(expandMacros(text, macros), NOBODY).trim();
  const { description, personality, background, motivation, manner, relations } = character;
  const sheet = [description, personality, background, motivation, manner, relations];
  const { lines, note } = createWindow(lastOf(view, before, budget), budget, viewLine).read();
  return {
    speaker: character.name,
    sheet: sheet.map(fill).filter(Boolean).join('\n\n'),
    setting,
    others,
    lines: lines.map(({ text }) => text),
    note,
  };
}

/** A note tells of so many times as much as the lines may weigh; what is older is not even looked at. */
const NOTED = 3;

/** The end of a view, so that a long scene takes no longer to read. */
function lastOf(view: View, before: number, budget: number): View {
  const { entries } = view;
  const end = entries.findLastIndex(({ n }) => n < before) + 1;
  let start = end;
  for (let left = budget * (1 + NOTED); start > 0 && left > 0; start -= 1) {
    left -= entries[start - 1]?.segments.reduce((sum, { text }) => sum + text.length, 1) ?? 0;
  }
  return { ...view, entries: entries.slice(start, end) };
}
