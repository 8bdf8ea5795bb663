import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { OperatorError } from '../../../errors.ts';
import { recordsIn } from '../../coser/files/records-in.ts';
import type { SampleSource } from '../sample.ts';
import { bookName } from './book-name.ts';

/** What is never trained on; the reason where a sample belongs to it. */
export type Apart = {
  readonly scenes: number;
  whyApart(
    source: Pick<SampleSource, 'conversation' | 'key'>,
    by: 'conversation' | 'book',
  ): 'in-test-set' | 'book-in-test-set' | undefined;
};

export const NOTHING_APART: Apart = { scenes: 0, whyApart: () => undefined };

const sceneSchema = z.looseObject({
  book: z.string().min(1),
  i_p: z.int().optional(),
  i_c: z.int().optional(),
  plot: z.looseObject({ i_p: z.int().optional() }).optional(),
});

type TestScene = { readonly book: string; readonly plot: number; readonly conversation: number };

/**
 * A test set in CoSER’s form, to be kept apart by book, plot and conversation (her-spec 8.6). It is small: its
 * keys are kept at hand.
 *
 * @throws OperatorError where it cannot be read, or one of its records does not say which scene it is
 */
export async function readApart(path: string): Promise<Apart> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new OperatorError(`${path} cannot be read: check --apart.`, error);
  }
  return apartFrom(testScenes(text, path));
}

function testScenes(text: string, path: string): readonly TestScene[] {
  let read: ReturnType<typeof recordsIn>;
  try {
    read = recordsIn(text);
  } catch (error) {
    throw new OperatorError(`${path} holds no records of scenes: check --apart.`, error);
  }
  const { records, faults } = read;
  const [fault] = faults;
  if (fault) throw new OperatorError(`${path}, record ${fault.at}: ${fault.what}; nothing is apart from it.`);
  return records.map(({ at, value }) => {
    const scene = sceneSchema.safeParse(value).data;
    if (!scene) {
      throw new OperatorError(`${path}, record ${at} names no book: what it is cannot be kept apart.`);
    }
    const { book, i_p, i_c = 0, plot } = scene;
    return { book, plot: i_p ?? plot?.i_p ?? 0, conversation: i_c };
  });
}

/**
 * By key where a sample has a whole one; else by its id, which both evaluators write as book, plot and
 * conversation. What cannot be told apart from a scene of the set is taken for it.
 */
export function apartFrom(scenes: readonly TestScene[]): Apart {
  const books = new Set(scenes.map(({ book }) => bookName(book)));
  const keys = new Set(scenes.map(keyOf));
  return {
    scenes: scenes.length,
    whyApart({ conversation: id, key }, by) {
      if (keys.has(bookName(id))) return 'in-test-set';
      if (!key || key.book === '') return undefined;
      const { book, plot, conversation } = key;
      const isOfBook = books.has(bookName(book));
      if (!isOfBook) return undefined;
      if (plot === undefined || conversation === undefined || by === 'book') return 'book-in-test-set';
      return keys.has(keyOf({ book, plot, conversation })) ? 'in-test-set' : undefined;
    },
  };
}

function keyOf({ book, plot, conversation }: TestScene): string {
  return bookName(`${book}-${plot}-${conversation}`);
}
