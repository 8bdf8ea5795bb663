import type { VisibleSegment } from '../../format/segments.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import type { Locale } from '../../words/locales.ts';
import { render } from '../../words/render.ts';
import { asTyped, joined, type Message, say } from '../../words/text.ts';
import type { Witnessed } from '../ledger/ledger-api.ts';

/** One thing that someone witnessed, in a line: `#12 Darcy: *bows* I should have known.` */
export function witnessedWords(witnessed: Witnessed, locale?: Locale): string {
  return `#${witnessed.n} ${render(saidBy(witnessed), locale)}`;
}

/**
 * Lines of a list, as many of the last ones as fit; how many came before them is said.
 * @param most characters
 */
export function lastThatFit(lines: readonly string[], most = 1800, locale?: Locale): string {
  const fitting: string[] = [];
  let length = 0;
  for (const line of lines.toReversed()) {
    const clipped = line.length > 600 ? `${line.slice(0, 599)}…` : line;
    length += clipped.length + 1;
    if (length > most) break;
    fitting.unshift(clipped);
  }
  const earlier = lines.length - fitting.length;
  return [
    ...(earlier > 0 ? [render(say('({{count}} earlier)', { count: earlier }), locale)] : []),
    ...fitting,
  ].join('\n');
}

/** Text as it is written in a room: actions in asterisks. On one line. */
export function visibleWords(segments: readonly VisibleSegment[]): string {
  return segments
    .map(({ kind, text }) => (kind === 'action' ? `*${text.trim()}*` : text.trim()))
    .join(' ')
    .replace(/\s+/gu, ' ');
}

function saidBy({ kind, speaker, segments }: Witnessed): Message {
  const teller = speaker && speaker.id !== ENVIRONMENT.id ? speaker.name : undefined;
  const name = teller ?? say('Narrator');
  const plain = segments
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim();
  switch (kind) {
    case 'line':
      return joined([typeof name === 'string' ? asTyped(name) : name, asTyped(visibleWords(segments))], ': ');
    case 'whisper':
      return say('{{name}}, whispering: {{words}}', { name, words: visibleWords(segments) });
    case 'told':
      return teller === undefined
        ? say('hearsay: {{words}}', { words: plain })
        : say('{{name}} told of it: {{words}}', { name: teller, words: plain });
    case 'entrance':
      return plain ? asTyped(plain) : say('{{name}} comes in.', { name });
    case 'exit':
      return plain ? asTyped(plain) : say('{{name}} leaves.', { name });
    case 'change':
    case 'narration':
    case 'event':
    case 'setting':
    case 'time':
      return asTyped(plain);
  }
}
