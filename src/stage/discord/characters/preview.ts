import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type AttachmentPayload,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { CardData } from '../../../cast/cards/card-data.ts';
import { herToProse } from '../../../cast/cards/card-prose.ts';
import { characterFromCard } from '../../../cast/cards/character-from-card.ts';
import type { FittedPicture } from '../../../cast/pictures/fit-picture.ts';
import { CARD_FIELDS, type CardFieldName } from '../../../engine/cards/card-fields.ts';
import { isForAdults } from '../../../engine/cards/for-adults.ts';
import { escapeDiscord } from '../../../format/render-discord.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { asTyped, joined, type Message, say, type Text } from '../../../words/text.ts';
import { button } from '../card/scene-card.ts';
import { unfitFields } from './card-forms.ts';
import type { CardDraft } from './drafts.ts';
import { partId } from './part-ids.ts';

/** A message of Components V2, and the picture that it shows. */
export type CardScreen = {
  readonly components: APIMessageTopLevelComponent[];
  readonly files: AttachmentPayload[];
};

/** What a draft is shown with. */
export type PreviewFacts = {
  /** Of the draft, or of the card that is being changed. */
  readonly picture: FittedPicture | undefined;
  /** Why the name cannot be taken. */
  readonly refusal: Text | undefined;
  /** What is said above it. */
  readonly notice: readonly Text[];
  readonly locale: Locale;
};

// Characters of each text: all of them stay below the 4,000 that one message shows.
const LONGEST = { public: 600, private: 220, greeting: 300, notice: 700 } as const;

/** Under shorter labels than in forms: here the place says who reads them. */
const PRIVATE = {
  description: say('Description'),
  personality: say('Personality'),
  motivation: say('Motivation'),
  background: say('Background'),
  manner: say('Manner of speech'),
  relations: say('Relations'),
} as const satisfies Partial<Record<CardFieldName, Message>>;
const PRIVATE_NAMES = Object.keys(PRIVATE) as readonly (keyof typeof PRIVATE)[];

/** A draft as it would be, what of it everyone sees apart from what only the character itself is told. */
export function previewOf(draft: CardDraft, facts: PreviewFacts): CardScreen {
  const { card } = draft;
  const words = (said: Text) => render(said, facts.locale);
  const notes = clipped(words(noticesOf(card, facts)), LONGEST.notice);
  const picture = pictureFile(facts.picture);
  const parts: APIComponentInContainer[] = [
    withPicture(words([...headOf(draft), ...publicWords(card)]), picture?.name),
    { type: ComponentType.Separator },
    text(words(privateWords(card))),
    { type: ComponentType.Separator },
    text(words(lineWords(card))),
    ...(notes === '' ? [] : [text(notes)]),
  ];
  return {
    components: [{ type: ComponentType.Container, components: [...parts, ...buttonRows(draft, words)] }],
    files: picture ? [picture] : [],
  };
}

function headOf({ card, began }: CardDraft): readonly Text[] {
  return [
    say('## {{name}}', { name: shown(card.name, 80) || say('No name yet') }),
    began
      ? say('-# Being changed: nothing is kept before you save it.')
      : say('-# New: nothing is kept before you save it.'),
  ];
}

function publicWords(card: CardData): readonly Text[] {
  const { public_sheet: sheet, aliases, age, adult } = card.extensions.dramatis;
  const others = [...(card.nickname ? [card.nickname] : []), ...aliases];
  const rated = { tags: card.tags, ageRestricted: card.extensions.dramatis.age_restricted ?? false };
  const facts = [
    ...(others.length > 0 ? [say('also called {{names}}', { names: shown(others.join(', '), 150) })] : []),
    ...(age === undefined ? (adult ? [say('adult')] : []) : [say('{{age}} years old', { age })]),
    ...(card.tags.length > 0 ? [say('tags: {{tags}}', { tags: shown(card.tags.join(', '), 150) })] : []),
    ...(isForAdults(rated) ? [say('for adults only')] : []),
  ];
  return [
    say('**Everyone sees**'),
    sheet === ''
      ? say('Nothing but the name: other characters know no more of them. “Basics” has a place for looks.')
      : asTyped(shown(sheet, LONGEST.public)),
    ...(facts.length > 0 ? [say('-# {{facts}}', { facts: joined(facts, ' · ') })] : []),
  ];
}

function privateWords(card: CardData): readonly Text[] {
  const isWritten = (name: keyof typeof PRIVATE) => CARD_FIELDS[name].read(card) !== '';
  const missing = PRIVATE_NAMES.filter((name) => !isWritten(name));
  return [
    say('**Private: no other mind, and no other person, reads this**'),
    ...PRIVATE_NAMES.filter(isWritten).map((name) =>
      say('**{{label}}** {{text}}', {
        label: PRIVATE[name],
        text: shown(CARD_FIELDS[name].read(card), LONGEST.private),
      }),
    ),
    ...(missing.length > 0
      ? [say('-# Not written yet: {{labels}}', { labels: missing.map((name) => PRIVATE[name]) })]
      : []),
  ];
}

function lineWords(card: CardData): readonly Text[] {
  const character = characterFromCard(card, 'server', () => {});
  return [
    character.greeting === ''
      ? say('**Greeting** none yet: they come on stage without a word')
      : say('**Greeting** {{text}}', { text: shown(herToProse(character.greeting), LONGEST.greeting) }),
    say('-# other greetings: {{greetings}} · example lines: {{examples}} · lore entries: {{entries}}', {
      greetings: character.alternateGreetings.length,
      examples: character.examples.length,
      entries: character.book.entries.length,
    }),
  ];
}

function noticesOf(card: CardData, { notice, refusal, locale }: PreviewFacts): readonly Text[] {
  const unread: string[] = [];
  characterFromCard(card, 'server', (warning) => unread.push(warning));
  const unfit = unfitFields(card);
  return [
    ...notice.map((one) => say('⚠️ {{problem}}', { problem: render(one, locale) })),
    ...(refusal === undefined ? [] : [say('⚠️ {{problem}}', { problem: render(refusal, locale) })]),
    ...unread.slice(0, 3).map((warning) => say('⚠️ {{problem}}', { problem: shown(warning, 150) })),
    ...(unfit.length > 0
      ? [
          say(
            '-# Too long for a form, and kept as it is: {{labels}}. A file changes it: /character export, then import.',
            {
              labels: unfit.map((name) => CARD_FIELDS[name].label),
            },
          ),
        ]
      : []),
  ];
}

function buttonRows(draft: CardDraft, words: (text: Text) => string): APIComponentInContainer[] {
  const grey = (what: string, label: Message) =>
    button(partId(draft, what), words(label), ButtonStyle.Secondary);
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        grey('basics', say('Basics')),
        grey('mind', say('Mind')),
        grey('lines', say('Lines')),
        grey('facts', say('Facts')),
        grey('picture', say('Picture')),
      ],
    },
    {
      type: ComponentType.ActionRow,
      components: [
        grey('try', say('Try a line')),
        button(partId(draft, 'save'), words(say('Save')), ButtonStyle.Success),
        button(partId(draft, 'discard'), words(say('Discard')), ButtonStyle.Danger),
      ],
    },
  ];
}

/** A picture as it is uploaded with a message that shows it. */
export function pictureFile(picture: FittedPicture | undefined, stem = 'picture') {
  if (!picture) return undefined;
  const name = `${stem}.${picture.mime.slice('image/'.length)}`;
  return { name, attachment: Buffer.from(picture.bytes) };
}

export function withPicture(content: string, file: string | undefined): APIComponentInContainer {
  if (file === undefined) return text(content);
  return {
    type: ComponentType.Section,
    components: [text(content)],
    accessory: { type: ComponentType.Thumbnail, media: { url: `attachment://${file}` } },
  };
}

export function text(content: string) {
  return { type: ComponentType.TextDisplay, content } as const;
}

/** What stands in a card, letter by letter; with what escapes it, it is no longer than that. Of halves of letters a mark is left. */
export function shown(words: string, longest: number): string {
  return clipped(
    escapeDiscord(
      words
        .toWellFormed()
        .replace(/\n{3,}/gu, '\n\n')
        .trim(),
    ),
    longest,
  );
}

export function clipped(words: string, longest: number): string {
  // An escape that is cut in two would escape what follows, and half a letter is none.
  return words.length > longest
    ? `${words.slice(0, longest - 1).replace(/[\\\s\p{Surrogate}]+$/u, '')}…`
    : words;
}
