import { html } from 'hono/html';
import { joinNeighbours } from '../../format/join-neighbours.ts';
import { forScreen } from '../../format/render-plain.ts';
import type { VisibleSegment } from '../../format/segments.ts';
import { ORIGIN_MARK } from '../../scene/origin.ts';
import { dayWords, directionWords, type KeepsakePart, partsOf, speakerName } from './beat-words.ts';
import { cutText } from './cut-text.ts';
import type { Keepsake } from './keepsake.ts';

const SHEET_CHARS = 280;

/**
 * The scene as a play in Markdown (CommonMark; thoughts in `<details>`, as GitHub and most editors
 * fold them). Nothing that people or models wrote is markup in it.
 */
export function renderKeepsakeMarkdown(keepsake: Keepsake): string {
  const { title, setting, cast, players, at, ended, origin, beats } = keepsake;
  const blocks = [
    `<!-- ${ORIGIN_MARK}: ${origin} -->`,
    `# ${plain(title)}`,
    `*${dayWords(at)}*`,
    ...(setting ? [quoted(setting)] : []),
    ...(cast.length > 0
      ? [
          '## Persons of the scene',
          cast
            .map(({ name, sheet }) => `- **${plain(name)}** ${plain(cutText(sheet, SHEET_CHARS))}`)
            .join('\n'),
        ]
      : []),
    ...(players.length > 0 ? [`Played with ${players.map(plain).join(', ')}.`] : []),
    '## The scene',
    ...partsOf(beats).flatMap((part) => partBlocks(part, keepsake)),
    '---',
    `*${ended ? 'Curtain.' : 'The scene goes on.'} Played with Dramatis.*`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function partBlocks(part: KeepsakePart, { thoughts }: Keepsake): readonly string[] {
  if (part.type === 'day') return [`### ${dayWords(part.at)}`];
  if (part.type === 'place') {
    return [part.place === undefined ? '### Back on the main stage' : `### ${plain(part.place)}`];
  }
  const { beat } = part;
  if (beat.kind !== 'line') return [emphasised(directionWords(beat))].filter((text) => text !== '');
  const name = plain(speakerName(beat));
  const said = `**${name}:** ${joinNeighbours(beat.segments).map(segmentText).join(' ')}`.trimEnd();
  const thought = thoughts?.get(beat.n) ?? [];
  if (thought.length === 0) return [said];
  const folded = thought.map(quoted).join('\n>\n');
  // Inside a tag Markdown's own escapes count for nothing.
  const summary = html`<details><summary>💭 What ${speakerName(beat)} thought</summary>`;
  return [String(summary), folded, '</details>', said];
}

function segmentText({ kind, text }: VisibleSegment): string {
  return kind === 'action' ? emphasised(text) : lines(text).join('\\\n');
}

/** Emphasis line by line: it does not reach over a break. */
function emphasised(text: string): string {
  return lines(text)
    .map((line) => `*${line}*`)
    .join('\\\n');
}

function quoted(text: string): string {
  return lines(text)
    .map((line) => `> ${line}`)
    .join('\\\n');
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map(plain)
    .filter((line) => line !== '');
}

const MARKUP = /[\\`*_[\]<>#|~&$@]/g;
// A list, a heading's underline, a numbered list; addresses that would become links by themselves.
const LINE_START = /^(?:[-+=]|\d{1,9}(?=[.)]))/;
const ADDRESS = /(?<=\b[a-z][a-z0-9+.-]{1,20}):(?=\/\/)|(?<=\bwww)\./gi;

/** One line of text in which nothing is markup. */
function plain(text: string): string {
  return forScreen(text)
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(MARKUP, '\\$&')
    .replace(LINE_START, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`))
    .replace(ADDRESS, '\\$&');
}
