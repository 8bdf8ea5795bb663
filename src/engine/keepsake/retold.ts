import { joinNeighbours } from '../../format/join-neighbours.ts';
import { forScreen } from '../../format/render-plain.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import type { Locale } from '../../words/locales.ts';
import { render } from '../../words/render.ts';
import { asTyped, joined, type Message, say } from '../../words/text.ts';
import type { Witnessed } from '../ledger/ledger-api.ts';
import { cutText } from './cut-text.ts';

/**
 * One thing that someone witnessed, retold to them in a plain sentence; their own doings are told to
 * "you". The words are those that were said, the beginning of them where they are many.
 *
 * @param longest characters of what was said or done; the name comes on top
 * @returns '' where there is nothing to tell
 */
export function retold(witnessed: Witnessed, you: string, longest: number, locale?: Locale): string {
  const { kind, segments } = witnessed;
  const own = witnessed.speaker?.name === you;
  const who = own ? say('You') : nameOf(witnessed);
  const words = shortened(segments, longest);
  switch (kind) {
    case 'line':
      return words && render(joined([who, asTyped(words)], ': '), locale);
    case 'whisper':
      return (
        words &&
        render(
          own
            ? say('🤫 You whispered: {{words}}', { words })
            : say('🤫 {{who}}, whispering to you: {{words}}', { who, words }),
          locale,
        )
      );
    case 'told':
      return (
        words &&
        render(own ? say('You told someone: {{words}}', { words }) : wordFrom(witnessed, words), locale)
      );
    case 'entrance':
      return plainWords(segments, longest) || render(say('{{who}} came in.', { who }), locale);
    case 'exit':
      return plainWords(segments, longest) || render(say('{{who}} left.', { who }), locale);
    case 'change':
    case 'narration':
    case 'event':
    case 'setting':
    case 'time':
      return plainWords(segments, longest);
  }
}

function nameOf({ speaker }: Witnessed): Message {
  return !speaker || speaker.id === ENVIRONMENT.id ? say('The Narrator') : asTyped(forScreen(speaker.name));
}

function wordFrom({ speaker }: Witnessed, words: string): Message {
  return speaker && speaker.id !== ENVIRONMENT.id
    ? say('Word came to you from {{name}}: {{words}}', { name: forScreen(speaker.name), words })
    : say('Word came to you: {{words}}', { words });
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
