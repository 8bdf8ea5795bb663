import { joinNeighbours } from '../../format/join-neighbours.ts';
import { forScreen } from '../../format/render-plain.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import type { Witnessed } from '../ledger/ledger-api.ts';
import { cutText } from './cut-text.ts';

/**
 * One thing that someone witnessed, retold to them in a plain sentence; their own doings are told to
 * "you". The words are those that were said, the beginning of them where they are many.
 *
 * @param longest characters of what was said or done; the name comes on top
 * @returns '' where there is nothing to tell
 */
export function retold(witnessed: Witnessed, you: string, longest: number): string {
  const { kind, segments } = witnessed;
  const own = witnessed.speaker?.name === you;
  const who = own ? 'You' : nameOf(witnessed);
  const words = shortened(segments, longest);
  switch (kind) {
    case 'line':
      return words && `${who}: ${words}`;
    case 'whisper':
      return words && `🤫 ${own ? 'You whispered' : `${who}, whispering to you`}: ${words}`;
    case 'told':
      return words && `${own ? 'You told someone' : wordFrom(witnessed)}: ${words}`;
    case 'entrance':
      return plainWords(segments, longest) || `${who} came in.`;
    case 'exit':
      return plainWords(segments, longest) || `${who} left.`;
    case 'change':
    case 'narration':
    case 'setting':
    case 'time':
      return plainWords(segments, longest);
  }
}

function nameOf({ speaker }: Witnessed): string {
  return !speaker || speaker.id === ENVIRONMENT.id ? 'The Narrator' : forScreen(speaker.name);
}

function wordFrom({ speaker }: Witnessed): string {
  const teller = speaker && speaker.id !== ENVIRONMENT.id ? ` from ${forScreen(speaker.name)}` : '';
  return `Word came to you${teller}`;
}

/** What was said in quotation marks, what was done in brackets, in the order in which it happened. */
function shortened(segments: Witnessed['segments'], longest: number): string {
  const parts: string[] = [];
  let left = longest;
  for (const { kind, text } of joinNeighbours(segments)) {
    const words = cutText(forScreen(text), Math.max(left, 24));
    if (words === '' || left <= 0) continue;
    left -= words.length;
    parts.push(kind === 'action' ? `(${words})` : `“${words}”`);
  }
  return parts.join(' ');
}

function plainWords(segments: Witnessed['segments'], longest: number): string {
  return cutText(forScreen(segments.map(({ text }) => text).join(' ')), longest);
}
