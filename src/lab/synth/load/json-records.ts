import { whatIsWrong } from '../../coser/files/records-in.ts';
import { saysDiscord } from './discord-mark.ts';
import { fromCoser, isCoserRecord } from './forms/coser.ts';
import { fromHerSample, isHerSample } from './forms/her-samples.ts';
import {
  beginsAnother,
  fromSpokenLines,
  isPlayed,
  isSpokenLine,
  readSpokenLine,
  type SpokenLine,
} from './forms/spoken-lines.ts';
import type { SourceForm } from './loaded.ts';
import { type Found, type FoundAt, leftOf } from './raw-conversation.ts';
import { type JsonLayout, valuesIn } from './values-in.ts';

/** A scene of more lines or characters goes on as another one, so that memory holds. */
const LONGEST_SCENE = { lines: 5000, characters: 2_000_000 };

export type JsonFile = {
  readonly path: string;
  /** Without folder and ending. */
  readonly name: string;
  readonly layout: JsonLayout;
  /** No other is taken. */
  readonly form: SourceForm | undefined;
};

/**
 * The conversations of a file of JSON. Lines that are spoken are put together to scenes; every other record is
 * read by itself.
 */
export async function* fromJson(chunks: AsyncIterable<string>, file: JsonFile): AsyncGenerator<FoundAt> {
  const { path, name, layout } = file;
  const spoken: SpokenLine[] = [];
  let [scenes, from, length] = [0, 1, 0];
  const whereIs = (at: number) => `${path}, ${PLACE[layout]} ${at}`;

  function* end(): Generator<FoundAt> {
    if (spoken.length === 0) return;
    yield { where: whereIs(from), raw: fromSpokenLines(spoken.splice(0), name, scenes) };
    [scenes, length] = [scenes + 1, 0];
  }

  for await (const piece of valuesIn(chunks, layout)) {
    const where = whereIs(piece.at);
    if (piece.kind === 'fault') {
      const { why, detail, text } = piece;
      yield { where, left: { why, detail, text } };
      continue;
    }
    const line = spokenIn(piece.value, file.form);
    if (!line) {
      yield* end();
      for (const found of foundIn(piece.value, file, `${name}-${piece.at}`)) yield { ...found, where };
      continue;
    }
    const before = spoken.at(-1);
    const isFull = spoken.length >= LONGEST_SCENE.lines || length >= LONGEST_SCENE.characters;
    if (before && (isFull || beginsAnother(line, before))) yield* end();
    if (spoken.length === 0) from = piece.at;
    spoken.push(line);
    length += line.text.length;
  }
  yield* end();
}

const PLACE = { lines: 'line', list: 'element', whole: 'object' } as const;

function spokenIn(value: unknown, form: SourceForm | undefined): SpokenLine | undefined {
  if (typeof value !== 'object' || value === null || !isSpokenLine(value) || saysDiscord(value))
    return undefined;
  if (form !== undefined && formOfRecord(value) !== form) return undefined;
  return readSpokenLine(value).data;
}

function foundIn(value: unknown, { name, form }: JsonFile, id: string): readonly Found[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ left: leftOf('no-record', 'it is no object', value) }];
  }
  // What escapes of JSON hid when the whole file was looked through.
  if (saysDiscord(value)) return [{ left: { why: 'discord', detail: 'it came through Discord' } }];
  const its = formOfRecord(value);
  if (its === undefined) return [{ left: leftOf('no-record', 'it is of no form that is known', value) }];
  // A plot or a scene may be CoSER’s or HER’s: which steps it went through is for it to say.
  const fits = form === undefined || its === form || (its === 'coser' && form === 'her');
  if (!fits) return [{ left: leftOf('other-form', `it is of the form ${its}, not ${form}`, value) }];
  if (isCoserRecord(value)) return fromCoser(value, name);
  if (isHerSample(value)) return [fromHerSample(value, id)];
  const wrong = readSpokenLine(value).error;
  return [{ left: leftOf('bad-form', wrong ? whatIsWrong(wrong) : 'it has another form', value) }];
}

/** By its keys; undefined where they tell of none. */
function formOfRecord(value: object): SourceForm | undefined {
  if (isCoserRecord(value)) return 'coser';
  if (isHerSample(value)) return 'her';
  if (!isSpokenLine(value)) return undefined;
  return isPlayed(value) ? 'scene' : 'transcript';
}
