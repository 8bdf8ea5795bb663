import { ButtonStyle, ComponentType } from 'discord.js';
import { changeWords } from '../../../cast/changes/change-words.ts';
import { fieldWords } from '../../../cast/changes/field-words.ts';
import type { Change } from '../../../cast/changes/proposal.ts';
import { additionOf } from '../../../cast/changes/reworded.ts';
import { escapeDiscord } from '../../../format/render-discord.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say, type Text } from '../../../words/text.ts';
import { button } from '../card/scene-card.ts';
import type { Row } from '../interactions/answering.ts';
import { LONGEST_FORM_TEXT, textForm } from '../interactions/forms.ts';
import type { EnrichDraft } from './enrich-drafts.ts';

/** Discord takes no longer message. */
const LONGEST = 2000;
/** What a code block may hold, with its fences and what stands above it. */
const LONGEST_BLOCK = 1600;
/** A line in pieces that a block may hold, and no letter in two. */
const LONG_LINE = new RegExp(`.{1,${LONGEST_BLOCK - 100}}(?![\\udc00-\\udfff])`, 'gs');
const LONGEST_SOURCE = 200;
const MOST_SOURCES = 3;
/** One more, and Discord takes no menu. */
const MOST_OPTIONS = 25;

export function enrichId({ token }: Pick<EnrichDraft, 'token'>, what: string): string {
  return `dramatis:enrich:${token}:${what}`;
}

/** The draft and the part that an id is of; undefined where it is no part of one. */
export function readEnrichId(id: string): { readonly token: string; readonly what: string } | undefined {
  const [, token, what] = /^dramatis:enrich:([\w-]+):([\w-]+)$/u.exec(id) ?? [];
  return token === undefined || what === undefined ? undefined : { token, what };
}

/** The differences, in as many messages as they need; of each its sources. */
export function differencePages(draft: EnrichDraft, locale: Locale): readonly string[] {
  const head = render(
    say('**What the card of {{name}} lacks.** Nothing is changed yet.', { name: escapeDiscord(draft.name) }),
    locale,
  );
  const parts = draft.changes.flatMap((change, index) => changeParts(change, index, locale));
  const left = draft.dropped.slice(0, 12).map((line) => `-# ${render(line, locale)}`);
  const tail =
    left.length === 0
      ? []
      : [[`-# ${render(say('Left out:'), locale)}`, ...left].join('\n').slice(0, LONGEST_BLOCK)];
  return packed([head, ...parts, ...tail]);
}

function changeParts(change: Change, index: number, locale: Locale): readonly string[] {
  const title = `**${index + 1}. ${render(fieldWords(change.field), locale)}**${change.why === '' ? '' : ` (${escapeDiscord(change.why)})`}`;
  const [first = '', ...more] = blocks(changeWords(change));
  const sources = change.sources
    .slice(0, MOST_SOURCES)
    .map((source) =>
      render(
        say('-# From: “{{source}}”', { source: clipped(escapeDiscord(source), LONGEST_SOURCE) }),
        locale,
      ),
    );
  // Apart, they go to the next message where this one is full.
  return [`${title}\n${first}`, ...more, ...sources];
}

/** A difference as code blocks that fit; what would end one is defused. */
function blocks(difference: string): readonly string[] {
  const lines = difference
    .toWellFormed()
    .replaceAll('```', "'''")
    .split('\n')
    .flatMap((line) => line.match(LONG_LINE) ?? ['']);
  return packed(lines, LONGEST_BLOCK).map((block) => `\`\`\`diff\n${block}\n\`\`\``);
}

/** As few texts as hold all parts, in their order. */
function packed(parts: readonly string[], longest = LONGEST): readonly string[] {
  const texts: string[] = [];
  for (const part of parts) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + part.length <= longest)
      texts[texts.length - 1] = `${last}\n${part}`;
    else texts.push(part.slice(0, longest));
  }
  return texts;
}

export type EnrichScreen = { readonly content: string; readonly components: readonly Row[] };

/** The message that is chosen in. @param notice what is said above it */
export function choosingScreen(draft: EnrichDraft, locale: Locale, ...notice: readonly Text[]): EnrichScreen {
  const words = (text: Text) => render(text, locale);
  const { changes, chosen, reworded } = draft;
  const newest = [...reworded].at(-1);
  const change = newest === undefined ? undefined : changes[newest];
  const lines = [
    ...notice.map(words),
    ...(change && newest !== undefined
      ? [
          words(
            say('{{number}}. {{field}}, in your words:', {
              number: newest + 1,
              field: fieldWords(change.field),
            }),
          ),
          blocks(changeWords(change))[0] ?? '',
        ]
      : []),
    words(say('Which of it goes into the card?')),
  ];
  return {
    content: lines.join('\n').slice(0, LONGEST),
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.StringSelect,
            custom_id: enrichId(draft, 'choose'),
            placeholder: words(say('Choose what to take, or one to edit')).slice(0, 150),
            min_values: 0,
            max_values: Math.min(changes.length, MOST_OPTIONS),
            options: changes.slice(0, MOST_OPTIONS).map((one, index) => ({
              label: `${index + 1}. ${words(fieldWords(one.field))}${reworded.has(index) ? ' ✏️' : ''}`.slice(
                0,
                100,
              ),
              description:
                clipped(
                  additionOf(one)
                    .replace(/<[^>]*>/gu, ' ')
                    .replace(/\s+/gu, ' ')
                    .trim(),
                  100,
                ) || '…',
              value: String(index),
              default: chosen.has(index),
            })),
          },
        ],
      },
      {
        type: ComponentType.ActionRow,
        components: [
          button(enrichId(draft, 'all'), words(say('Take all')), ButtonStyle.Success),
          button(enrichId(draft, 'take'), words(say('Take chosen')), ButtonStyle.Primary),
          button(enrichId(draft, 'edit'), words(say('Edit…')), ButtonStyle.Secondary),
          button(enrichId(draft, 'leave'), words(say('Leave it')), ButtonStyle.Danger),
        ],
      },
    ],
  };
}

/** What one change adds, to be put in other words. */
export function rewordingForm(draft: EnrichDraft, index: number, change: Change, locale: Locale) {
  return textForm({
    id: enrichId(draft, `form-${index}`),
    title: fieldWords(change.field),
    label: say('How it should read'),
    locale,
    most: LONGEST_FORM_TEXT,
    value: additionOf(change).slice(0, LONGEST_FORM_TEXT).toWellFormed(),
  });
}

function clipped(text: string, longest: number): string {
  return (text.length > longest ? `${text.slice(0, longest - 1)}…` : text).toWellFormed();
}
