import type { VisibleSegment } from '../../format/segments.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import type { Witnessed } from '../ledger/ledger-api.ts';

/** One thing that someone witnessed, in a line: `#12 Darcy: *bows* I should have known.` */
export function witnessedWords(witnessed: Witnessed): string {
  return `#${witnessed.n} ${saidBy(witnessed)}`;
}

/**
 * Lines of a list, as many of the last ones as fit; how many came before them is said.
 * @param most characters
 */
export function lastThatFit(lines: readonly string[], most = 1800): string {
  const fitting: string[] = [];
  let length = 0;
  for (const line of lines.toReversed()) {
    const clipped = line.length > 600 ? `${line.slice(0, 599)}…` : line;
    length += clipped.length + 1;
    if (length > most) break;
    fitting.unshift(clipped);
  }
  const earlier = lines.length - fitting.length;
  return [...(earlier > 0 ? [`(${earlier} earlier)`] : []), ...fitting].join('\n');
}

/** Text as it is written in a room: actions in asterisks. On one line. */
export function visibleWords(segments: readonly VisibleSegment[]): string {
  return segments
    .map(({ kind, text }) => (kind === 'action' ? `*${text.trim()}*` : text.trim()))
    .join(' ')
    .replace(/\s+/gu, ' ');
}

function saidBy({ kind, speaker, segments }: Witnessed): string {
  const name = speaker && speaker.id !== ENVIRONMENT.id ? speaker.name : 'Narrator';
  const plain = segments
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim();
  switch (kind) {
    case 'line':
      return `${name}: ${visibleWords(segments)}`;
    case 'whisper':
      return `${name}, whispering: ${visibleWords(segments)}`;
    case 'told':
      return speaker && speaker.id !== ENVIRONMENT.id ? `${name} told of it: ${plain}` : `hearsay: ${plain}`;
    case 'entrance':
      return plain || `${name} comes in.`;
    case 'exit':
      return plain || `${name} leaves.`;
    case 'change':
    case 'narration':
    case 'setting':
    case 'time':
      return plain;
  }
}
