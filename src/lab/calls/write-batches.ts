import { existsSync } from 'node:fs';
import { type FileHandle, open as openFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import { NotAnsweredYet, type Source } from './ask.ts';
import { BATCH_LIMITS, type BatchLimits, batchLine } from './batch-line.ts';

export type BatchFile = { readonly path: string; readonly model: string; readonly requests: number };

export type BatchWriter = {
  /** Writes what is asked into files, and has no answer to anything. @throws OperatorError where it cannot */
  readonly source: Source;
  /** Ends the files and names them. */
  close(): Promise<readonly BatchFile[]>;
  /** Takes away what was begun: half of the requests is not what was asked for. */
  discard(): Promise<void>;
};

/** `batch-0001.jsonl` */
export function batchName(number: number): string {
  return `batch-${String(number).padStart(4, '0')}.jsonl`;
}

/** Names of requests that are written. */
export type Written = { has(key: string): boolean; add(key: string): unknown };

type Open = { path: string; file: FileHandle; requests: number; bytes: number };

/**
 * Writes requests as batch files for OpenAI's Batch API or `vllm run-batch`: one model a file, within the
 * limits, each request once. Files that are there already are never touched.
 *
 * @param written where it is kept which requests are in them
 */
export function createBatchWriter(
  folder: string,
  limits: BatchLimits = BATCH_LIMITS,
  written: Written = new Set(),
): BatchWriter {
  const open = new Map<string, Open>();
  const done: BatchFile[] = [];
  let number = 0;
  let writing: Promise<unknown> = Promise.resolve();

  async function begin(): Promise<Open> {
    do number += 1;
    while (existsSync(join(folder, batchName(number))));
    const path = join(folder, batchName(number));
    const file = await openFile(partOf(path), 'w', 0o600).catch(unwritable(path));
    return { path, file, requests: 0, bytes: 0 };
  }

  async function end(model: string, { path, file, requests }: Open): Promise<void> {
    await file.close();
    open.delete(model);
    await rename(partOf(path), path).catch(unwritable(path));
    done.push({ path, model, requests });
  }

  async function write(model: string, line: string): Promise<void> {
    const bytes = Buffer.byteLength(line);
    const current = open.get(model);
    if (current && (current.requests >= limits.requests || current.bytes + bytes > limits.bytes)) {
      await end(model, current);
    }
    const into = open.get(model) ?? (await begin());
    open.set(model, into);
    into.requests += 1;
    into.bytes += bytes;
    await into.file.appendFile(line).catch(unwritable(into.path));
  }

  return {
    async source({ key, request, model }) {
      if (!written.has(key)) {
        written.add(key);
        const line = batchLine(key, model.bodyOf(request));
        const done = writing.then(() => write(model.model.name, line));
        writing = done.catch(() => {});
        await done;
      }
      throw new NotAnsweredYet();
    },
    async close() {
      await writing;
      for (const [model, file] of [...open]) await end(model, file);
      return done;
    },
    async discard() {
      await writing;
      for (const [model, file] of [...open]) await end(model, file);
      for (const { path } of done) await rm(path, { force: true });
    },
  };
}

/** Where it is until it is whole: a process that is killed leaves no half of a batch under its name. */
function partOf(path: string): string {
  return `${path}.part`;
}

function unwritable(path: string): (error: unknown) => never {
  return (error) => {
    throw new OperatorError(`${path} cannot be written: see whether the disk is full.`, error);
  };
}

/** Has no answer to anything, and writes nothing. */
export const askNobody: Source = async () => {
  throw new NotAnsweredYet();
};
