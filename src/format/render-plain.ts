import { joinNeighbours } from './join-neighbours.ts';
import type { VisibleSegment } from './segments.ts';

/** Writes visible segments as plain text, actions between asterisks. Safe to print to a terminal. */
export function renderPlain(segments: readonly VisibleSegment[]): string {
  return joinNeighbours(segments)
    .map(({ kind, text }) => (kind === 'action' ? asAction(forScreen(text)) : forScreen(text)))
    .filter((text) => text !== '')
    .join(' ');
}

function asAction(text: string): string {
  return text === '' ? '' : `*${text}*`;
}

// Whole escape sequences first (colours, cursor, titles and links that end with BEL or ST), then
// every control character that is left, and the marks that turn the direction of writing.
const ESCAPE_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text without escape sequences and control characters; lines and tabs stay. */
export function forScreen(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, '').replace(CONTROL, '');
}
