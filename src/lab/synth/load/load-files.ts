import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readShippedCards } from '../../../cast/library/read-shipped.ts';
import { readScene } from '../../../cast/read-scene.ts';
import { OperatorError, PlayerError } from '../../../errors.ts';
import { cleanConversation } from './clean-conversation.ts';
import { createCollector } from './collector.ts';
import { isHtml, lookForOrigin, type OriginLook } from './discord-mark.ts';
import { type FileLook, lookAtFile, textOf } from './file-text.ts';
import { fromKeepsake } from './forms/keepsake.ts';
import { fromSceneScript } from './forms/scene-script.ts';
import { fromTranscript, LARGEST_SCENE } from './forms/transcript.ts';
import { fromJson } from './json-records.ts';
import { boundedLines } from './lines-of.ts';
import type { Loaded, LoadOptions, SourceFile, SourceForm } from './loaded.ts';
import { type FoundAt, leftOf } from './raw-conversation.ts';
import { LARGEST_VALUE, layoutOf } from './values-in.ts';

type LoadFilesOptions = LoadOptions & {
  /** Whether a conversation of that id came before; from then on one did. */
  readonly seen: (id: string) => boolean;
};

/** What a file is, for a person and for whoever wants to know it again. `json`: each record says its form. */
export type FileDescription = FileLook & { readonly form: SourceForm | 'json' };

/** @throws OperatorError where it cannot be read: a folder, a pipe, not there */
export async function describeFile({ path, form }: SourceFile): Promise<FileDescription> {
  const look = await lookAtFile(path);
  return { ...look, form: form ?? guessedForm(path, look.begins) };
}

function guessedForm(path: string, begins: string): FileDescription['form'] {
  if (isHtml(begins) || KEEPSAKE.test(begins) || isScript(path, begins)) return 'scene';
  return layoutOf(begins) ? 'json' : 'transcript';
}

const KEEPSAKE = /^\uFEFF?\s*<!--\s*dramatis-origin\b/iu;

function isScript(path: string, begins: string): boolean {
  return (
    /\.ya?ml$/iu.test(path) || /^(?:#.*\n|[^\S\n]*\n)*id: *[a-z0-9-]+ *\r?\n(?:.*\n)*?title:/u.test(begins)
  );
}

/** 64 hexadecimal digits of a file’s content. @throws OperatorError where it cannot be read */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk);
  } catch (error) {
    signal.throwIfAborted();
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  }
  return hash.digest('hex');
}

/**
 * The conversations of files, one at a time, cleaned (her-spec 6.1); what is none is told. Memory holds one
 * conversation. A file that bears the mark of words that came through Discord gives none, and neither does a
 * keepsake without a mark.
 *
 * @throws OperatorError where a file cannot be read; the signal’s reason when aborted
 */
export async function* loadFiles(
  files: readonly SourceFile[],
  { seen, onBytes = () => {} }: LoadFilesOptions,
  signal: AbortSignal,
): AsyncGenerator<Loaded> {
  let number = 0;
  for (const file of files) {
    const { path } = file;
    const look = await lookAtFile(path);
    const origin = await lookForOrigin(textOf(path, look.encoding, () => {}, signal));
    if (origin.refused) {
      const detail = 'it came through Discord, or nothing says that it did not';
      yield { kind: 'reject', where: path, why: 'discord', detail };
      continue;
    }
    const text = textOf(path, look.encoding, (bytes) => onBytes(path, bytes), signal);
    let isEmpty = true;
    for await (const found of piecesOf(file, look, origin, text)) {
      isEmpty = false;
      number += 1;
      const where = [found.where, found.place].filter(Boolean).join(', ');
      if ('left' in found) yield { kind: 'reject', where, ...found.left };
      else yield cleanConversation(found.raw, { where, number, seen });
    }
    if (isEmpty) yield { kind: 'reject', where: path, why: 'empty-file', detail: 'there is nothing in it' };
  }
}

async function* piecesOf(
  { path, form }: SourceFile,
  { begins }: FileLook,
  { free }: OriginLook,
  text: AsyncIterable<string>,
): AsyncGenerator<FoundAt> {
  const name = basename(path).replace(/\.[^.]+$/u, '');
  const layout = layoutOf(begins);
  const isKeepsake = isHtml(begins) || KEEPSAKE.test(begins);
  const isText = !isKeepsake && !isScript(path, begins) && !layout;
  if (layout || ((form === 'coser' || form === 'her') && isText)) {
    yield* fromJson(text, { path, name, layout: layout ?? 'lines', form });
  } else if (form === 'transcript' || (isText && form === undefined)) {
    yield* fromTranscript(boundedLines(text, LARGEST_SCENE), name, path);
  } else if (form === 'coser' || form === 'her') {
    yield { where: path, left: { why: 'other-form', detail: `it is a scene of our own, not ${form}` } };
  } else yield* fromWhole(path, name, await held(text), isKeepsake ? free : undefined);
}

/** A keepsake (`origin` is given) or a script of a scene. */
async function* fromWhole(
  path: string,
  name: string,
  text: string | undefined,
  origin: 'local' | 'lab' | undefined,
): AsyncGenerator<FoundAt> {
  if (text === undefined) {
    yield { where: path, left: { why: 'too-large', detail: `it has more than ${LARGEST_VALUE} characters` } };
  } else if (origin) yield { where: path, raw: fromKeepsake(text, name, origin) };
  else {
    try {
      const cards = await shippedCards();
      const script = readScene(text, path, (id) => cards.has(id));
      for (const raw of fromSceneScript(script, (id) => cards.get(id))) yield { where: path, raw };
    } catch (error) {
      if (!(error instanceof PlayerError)) throw error;
      yield { where: path, left: leftOf('bad-form', error.message, text) };
    }
  }
}

async function shippedCards() {
  const kept = await readShippedCards(fileURLToPath(new URL('../../../../characters', import.meta.url)));
  return new Map(kept.map(({ character }) => [character.id, character]));
}

async function held(text: AsyncIterable<string>): Promise<string | undefined> {
  const all = createCollector(LARGEST_VALUE);
  for await (const chunk of text) all.add(chunk);
  return all.take().text;
}
