import { createReadStream } from 'node:fs';
import { OperatorError } from '../../../errors.ts';
import { linesIn } from '../../folder/lines-in.ts';
import { countPairs, type Pairing } from '../pairing.ts';
import type { JudgeItem } from './item.ts';
import { BadItem, readItem } from './read-item.ts';

/** What a look through the files found. */
export type Looked = {
  readonly items: number;
  readonly pairs: number;
  readonly problems: readonly string[];
};

/** More are not listed. */
const MOST_PROBLEMS = 20;

/**
 * The items of files, one at a time. An item without an id is called by its file and line.
 * @throws OperatorError for a file that cannot be read, or a line that is no item
 */
export async function* readFiles(paths: readonly string[], signal: AbortSignal): AsyncGenerator<JudgeItem> {
  for await (const { item, problem } of eachLine(paths, signal)) {
    if (problem !== undefined) throw new OperatorError(problem);
    yield item;
  }
}

/**
 * Looks through all files before anything is asked of a model: every line that is no item with its number.
 * @throws OperatorError for a file that cannot be read, and for one that bears the mark of Discord
 */
export async function lookThrough(
  paths: readonly string[],
  pairing: Pairing,
  signal: AbortSignal,
): Promise<Looked> {
  const ids = new Set<string>();
  const problems: string[] = [];
  let items = 0;
  let pairs = 0;
  for await (const { where, item, problem } of eachLine(paths, signal)) {
    if (problem === undefined) {
      items += 1;
      pairs += countPairs(item, pairing);
    }
    if (problems.length >= MOST_PROBLEMS) continue;
    if (problem !== undefined) problems.push(problem);
    else if (ids.has(item.id)) problems.push(`${where}: the id ${item.id.slice(0, 80)} is there twice`);
    else ids.add(item.id);
  }
  return { items, pairs, problems };
}

type Read =
  | { readonly where: string; readonly item: JudgeItem; readonly problem?: undefined }
  | { readonly where: string; readonly item?: undefined; readonly problem: string };

async function* eachLine(paths: readonly string[], signal: AbortSignal): AsyncGenerator<Read> {
  for (const path of paths) {
    let number = 0;
    for await (const line of linesOf(path)) {
      signal.throwIfAborted();
      number += 1;
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() === '') continue;
      yield readLine(text, path, number);
    }
  }
}

function readLine(text: string, path: string, number: number): Read {
  const where = `${path}, line ${number}`;
  try {
    return { where, item: readItem(text, `${path}:${number}`) };
  } catch (error) {
    if (!(error instanceof BadItem)) throw error;
    if (error.why === 'form') return { where, problem: `${where}: ${error.message}` };
    throw new OperatorError(
      `${path}: refused, it came through Discord (line ${number} bears the mark); no setting overrides this.`,
    );
  }
}

/**
 * The lines of a file, read as they are needed.
 * @throws OperatorError where it cannot be read
 */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path);
  try {
    yield* linesIn(input);
  } catch (error) {
    throw input.errored ? unread(path, error) : error;
  } finally {
    input.destroy();
  }
  // The lines may end before the failure is known.
  if (input.errored) throw unread(path, input.errored);
}

function unread(path: string, cause: unknown): OperatorError {
  return new OperatorError(`${path} cannot be read: check the path.`, cause);
}
