import { escapeDiscord } from '../../format/render-discord.ts';
import { BY_RULES, type Mark, type MarkKind } from '../../judge/continuity/mark.ts';
import type { Locale } from '../../words/locales.ts';
import { render } from '../../words/render.ts';
import { asTyped, joined, type Message, say, type Text } from '../../words/text.ts';
import type { ContinuityReport, MarkedLine } from '../continuity/continuity-api.ts';
import { lastThatFit } from './witnessed-words.ts';

/** Characters of the whole list: what is said around it fits beside it, in any language. */
const LONGEST_LIST = 1400;
const LONGEST_QUOTE = 80;

const KIND_WORDS: Readonly<Record<MarkKind, Message>> = {
  'knows-too-much': say('knows too much'),
  'speaks-for-others': say('speaks for others'),
  'thought-leaked': say('says what was only thought'),
  'out-of-card': say('does not fit the card'),
  repetition: say('repeats'),
  'assistant-voice': say('sounds like an assistant'),
};

/** What was found, for people: a line each, and who says so. */
export function reportWords(found: ContinuityReport, locale: Locale | undefined): Text {
  const { lines, looked, model, stopped, unread } = found;
  if (looked === 0) return 'There are no lines of the cast here to look over yet.';
  const looking = { count: looked, who: model ?? '' };
  return [
    model === undefined
      ? say('Looked over the last {{count}} lines of the cast, by rules alone.', looking)
      : say('Looked over the last {{count}} lines of the cast, by rules and by {{who}}.', looking),
    ...(stopped === undefined ? [] : ['The judge was not asked:', stopped]),
    ...(unread > 0 && model !== undefined
      ? [
          say('{{who}} gave no answer that could be read on {{count}} of them.', {
            who: model,
            count: unread,
          }),
        ]
      : []),
    ...(lines.length === 0
      ? ['Nothing was found.']
      : [
          asTyped(
            lastThatFit(
              lines.map((line) => render(lineWords(line), locale)),
              LONGEST_LIST,
              locale,
            ),
          ),
          'All of it is advisory: a mark says where to look, and may be wrong.',
        ]),
  ];
}

/** `#12 Mira: knows too much (“the vault key”), by rules and gemma.` */
function lineWords({ n, speaker, marks }: MarkedLine): Message {
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  const found = joined(
    kinds.map((kind) => markWords(marks.filter((mark) => mark.kind === kind))),
    '; ',
  );
  return say('#{{n}} {{who}}: {{found}}.', { n, who: escapeDiscord(speaker.name), found });
}

/** Who says so of the same kind, with the words that the first of them gave. */
function markWords(marks: readonly Mark[]): Message {
  const [first] = marks;
  if (!first) return asTyped('');
  const by = [...new Set(marks.map((mark) => mark.by))];
  return say('{{what}} (“{{quote}}”), by {{by}}', {
    what: KIND_WORDS[first.kind],
    quote: escapeDiscord(clipped(first.quote)),
    by: by.map((one) => (one === BY_RULES ? say('rules') : one)),
  });
}

function clipped(quote: string): string {
  const plain = quote.replace(/\s+/gu, ' ').trim();
  const letters = [...plain];
  return letters.length > LONGEST_QUOTE ? `${letters.slice(0, LONGEST_QUOTE - 1).join('')}…` : plain;
}
