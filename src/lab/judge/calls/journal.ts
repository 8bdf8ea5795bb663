import { type FileHandle, open } from 'node:fs/promises';
import { OperatorError } from '../../../errors.ts';
import { type Call, callSchema } from './call.ts';

/**
 * Every answer that was got, one JSON object a line, appended as it comes and never rewritten. In memory
 * are only keys and where their lines stand.
 */
export type Journal = {
  readonly size: number;
  has(key: string): boolean;
  read(key: string): Promise<Call | undefined>;
  /** Resolves once it is written; a key that is there already is left as it is. */
  append(call: Call): Promise<void>;
  close(): Promise<void>;
};

const NEWLINE = 10;

/**
 * Opens a journal, or begins one. A last line that was not finished is cut off; what else is no answer
 * is passed over, and asked again.
 *
 * @throws OperatorError where the file cannot be used
 */
export async function openJournal(path: string): Promise<Journal> {
  let file: FileHandle;
  try {
    file = await open(path, 'a+', 0o600);
  } catch (error) {
    throw new OperatorError(`${path} cannot be written: check --out.`, error);
  }
  const places = new Map<string, { readonly from: number; readonly length: number }>();
  let end = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let broken: OperatorError | undefined;

  for await (const { line, from } of finishedLines(file)) {
    end = from + line.length + 1;
    const key = keyIn(line.toString('utf8'));
    if (key !== undefined && !places.has(key)) places.set(key, { from, length: line.length });
  }
  await file.truncate(end);

  async function read(key: string): Promise<Call | undefined> {
    const place = places.get(key);
    if (!place) return undefined;
    const { buffer } = await file.read(Buffer.alloc(place.length), 0, place.length, place.from);
    return callSchema.parse(JSON.parse(buffer.toString('utf8')));
  }

  async function append(call: Call): Promise<void> {
    const done = writing.then(async () => {
      if (places.has(call.key)) return;
      const line = Buffer.from(`${JSON.stringify(call)}\n`);
      await write(line);
      places.set(call.key, { from: end, length: line.length - 1 });
      end += line.length;
    });
    writing = done.catch(() => {});
    await done;
  }

  /** Half a line may stand there once it failed: nothing may come behind it. */
  async function write(line: Buffer): Promise<void> {
    if (broken) throw broken;
    try {
      await file.appendFile(line);
    } catch (error) {
      broken = new OperatorError(
        `${path} cannot be written any more: see whether the disk is full; what is in it is kept.`,
        error,
      );
      throw broken;
    }
  }

  return {
    get size() {
      return places.size;
    },
    has: (key) => places.has(key),
    read,
    append,
    async close() {
      await writing;
      await file.close();
    },
  };
}

function keyIn(line: string): string | undefined {
  try {
    return callSchema.safeParse(JSON.parse(line)).data?.key;
  } catch {
    return undefined;
  }
}

/** Lines that end, as bytes, with where they begin. */
async function* finishedLines(
  file: FileHandle,
): AsyncGenerator<{ readonly line: Buffer; readonly from: number }> {
  const chunk = Buffer.alloc(1 << 16);
  let rest: Buffer[] = [];
  let from = 0;
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) return;
    let pos = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline >= 0 && newline < bytesRead; ) {
      const line = Buffer.concat([...rest, chunk.subarray(pos, newline)]);
      rest = [];
      yield { line, from };
      from += line.length + 1;
      pos = newline + 1;
      newline = chunk.indexOf(NEWLINE, pos);
    }
    if (pos < bytesRead) rest.push(Buffer.from(chunk.subarray(pos, bytesRead)));
    at += bytesRead;
  }
}
