import type { z } from 'zod';
import { fold } from '../../../../format/fold.ts';
import { ENVIRONMENT } from '../../../../scene/beat.ts';
import { whatIsWrong } from '../../../coser/files/records-in.ts';
import { type Found, leftOf, type RawConversation, type RawTurn } from '../raw-conversation.ts';
import {
  bookRecord,
  bookSheets,
  conversationRecord,
  type PersonRecord,
  plotRecord,
  type SheetRecord,
  sceneRecord,
  type TurnRecord,
} from './coser-records.ts';

/** Whether a value looks like a record of that kind; what is wrong with it is for the reader to say. */
export function isCoserRecord(value: object): boolean {
  return 'dialogues' in value || 'conversation' in value || 'plots' in value;
}

/**
 * The conversations of a record of CoSER or of HER’s steps, in their order; of a book, a plot or a conversation
 * that is none, why. What HER’s later steps added (`enhanced_standard_format`, `sys_thinking`, `*_enriched`) is
 * taken where it is there.
 *
 * @param name of the file, for a book that does not say its own
 */
export function fromCoser(value: object, name: string): readonly Found[] {
  if ('plots' in value) return fromBook(value, name);
  if ('dialogues' in value) return [fromScene(value)];
  return fromPlot(value, { book: name, sheets: [] });
}

function fromBook(value: object, name: string): readonly Found[] {
  const read = bookRecord.safeParse(value);
  if (!read.success) return [wrong(read.error, value)];
  const { book, book_name, title, plots, character_datasets } = read.data;
  const called = book || book_name || title || name;
  if (plots.length === 0) return [{ left: leftOf('empty-book', `${called} has no plots`, value) }];
  if (character_datasets && Object.keys(character_datasets).length === 0) {
    return [{ left: leftOf('empty-book', `${called} has no characters`, value) }];
  }
  const sheets = bookSheets.safeParse(value).data?.character_datasets ?? [];
  return plots.flatMap((plot, at) =>
    fromPlot(plot, { book: called, sheets, at }).map((found) => ({
      ...found,
      place: placed(at, found.place),
    })),
  );
}

function placed(plot: number, inner: string | undefined): string {
  return [`plot ${plot}`, inner].filter(Boolean).join(', ');
}

type InBook = {
  readonly book: string;
  readonly sheets: readonly SheetRecord[];
  /** The plot’s place in its book, from 0. */
  readonly at?: number;
};

function fromPlot(value: unknown, { book: named, sheets, at }: InBook): readonly Found[] {
  const read = plotRecord.safeParse(value);
  if (!read.success) return [wrong(read.error, value)];
  const plot = read.data;
  const book = plot.book_name || named;
  // Of a book that was taken apart the words must be there; what was published of one may lack them.
  if (at !== undefined && plot.text?.trim() === '') {
    return [{ left: leftOf('empty-plot', 'it has no text', value) }];
  }
  if (plot.conversation.length === 0)
    return [{ left: leftOf('empty-plot', 'it has no conversation', value) }];
  const i_p = plot.i_p ?? plot.plot_index ?? at;
  return plot.conversation.map((one, index): Found => {
    const inner = conversationRecord.safeParse(one);
    const place = `conversation ${index}`;
    if (!inner.success) return { ...wrong(inner.error, one), place };
    const conversation = inner.data;
    const i_c = conversation.i_c ?? conversation.conv_index ?? index;
    const people = [...plot.key_characters, ...conversation.key_characters];
    return {
      place,
      raw: {
        id: `${book}-${i_p ?? 0}-${i_c}`,
        key: keyOf(book, i_p, i_c),
        source: sourceOf(conversation.dialogues),
        chapter: plot.chapter,
        summary: plot.summary,
        passage: plot.text ?? '',
        topic: conversation.topic,
        scenario: conversation.scenario_enriched || conversation.scenario,
        characters: [
          ...people.map(personOf),
          ...concerned(
            [...sheets, ...plot.character_datasets, ...conversation.character_datasets],
            [...people, ...conversation.dialogues],
          ).map(sheetOf),
        ],
        turns: conversation.dialogues.map(turnOf),
      },
    };
  });
}

function fromScene(value: object): Found {
  const read = sceneRecord.safeParse(value);
  if (!read.success) return wrong(read.error, value);
  const { book, plot, topic, scenario, scenario_enriched, ...scene } = read.data;
  const [i_p, i_c] = [scene.i_p ?? plot?.i_p, scene.i_c ?? 0];
  return {
    raw: {
      // As both evaluators name it.
      id: `${book}-${i_p ?? 0}-${i_c}`,
      key: keyOf(book, i_p, i_c),
      source: sourceOf(scene.dialogues),
      chapter: plot?.chapter ?? '',
      summary: plot?.summary ?? '',
      passage: plot?.text ?? '',
      topic,
      scenario: scenario_enriched || scenario,
      characters: [
        ...(plot?.key_characters ?? []).map(personOf),
        ...scene.key_characters.map(personOf),
        ...Object.entries(scene.character_profiles).map(([name, profile]) => ({ name, profile })),
        ...scene.character_datasets.map(sheetOf),
      ],
      turns: scene.dialogues.map(turnOf),
    },
  };
}

function wrong(error: z.ZodError, value: unknown): Found {
  return { left: leftOf('bad-form', whatIsWrong(error), value) };
}

/** Numbers as the source has them: they name a conversation for ever, whatever was taken out before it. */
function keyOf(book: string, plot: number | undefined, conversation: number): RawConversation['key'] {
  return { book, ...(plot === undefined ? {} : { plot }), conversation };
}

/** HER’s records keep what its steps made beside CoSER’s message. */
function sourceOf(turns: readonly TurnRecord[]): RawConversation['source'] {
  return turns.some((turn) => turn.standard_format || turn.enhanced_standard_format) ? 'her' : 'coser';
}

type Named = { readonly name: string; readonly character?: string };

/** Of all sheets of a book those of people who are in a conversation. */
function concerned(sheets: readonly SheetRecord[], people: readonly Named[]): readonly SheetRecord[] {
  const names = new Set(people.map(({ name, character }) => fold(character || name)));
  return sheets.filter(({ name }) => names.has(fold(name)));
}

function personOf(person: PersonRecord): RawConversation['characters'][number] {
  const { name, character, description, experience, summary, motivation, thought } = person;
  return {
    name: name || character,
    description,
    experience: experience || summary,
    motivation: motivation || thought,
  };
}

function sheetOf(sheet: SheetRecord): RawConversation['characters'][number] {
  return {
    name: sheet.name,
    profile: sheet.character_profile_enriched || sheet.character_profile || sheet.profile,
    background: sheet.background_enriched || sheet.background,
    motivation: sheet.motivation_enriched || sheet.motivation,
    description: sheet.description_enriched || sheet.description,
    experience: sheet.experience_enriched || sheet.experience,
  };
}

function turnOf(turn: TurnRecord, at: number): RawTurn {
  const speaker = turn.character || turn.name;
  const plan = turn.sys_thinking_revised || turn.sys_thinking;
  const isWorld = speaker.trim().toLowerCase() === ENVIRONMENT.name.toLowerCase();
  return {
    speaker,
    ...textOf(turn, isWorld),
    from: turn.origin_id && turn.origin_id.length > 0 ? turn.origin_id : [at],
    ...(plan && !isWorld ? { plan } : {}),
  };
}

/**
 * The best there is: HER’s enhanced text, else CoSER’s own message (HER’s conversion of it breaks on nested
 * brackets, her-spec 9.3 D2), else that conversion. A turn may be filed under its only layer.
 */
function textOf(turn: TurnRecord, isWorld: boolean): Pick<RawTurn, 'text' | 'format'> {
  if (turn.enhanced_standard_format) return { text: turn.enhanced_standard_format, format: 'her' };
  if (turn.message) return { text: turn.message, format: 'coser' };
  if (turn.standard_format) return { text: turn.standard_format, format: 'her' };
  if (turn.thought) return { text: inBrackets(turn.thought, '[]'), format: 'coser' };
  if (turn.description) {
    return { text: isWorld ? turn.description : inBrackets(turn.description, '()'), format: 'coser' };
  }
  return { text: '', format: 'coser' };
}

function inBrackets(text: string, [open = '', close = '']: string): string {
  return text.trim().startsWith(open) ? text : `${open}${text}${close}`;
}
