import { appendFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { OperatorError } from '../../errors.ts';
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

type Waiting = { readonly call: Call; readonly written: PromiseWithResolvers<void> };

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
  let waiting: Waiting[] = [];
  let writing: NodeJS.Immediate | undefined;
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
    if (places.has(call.key)) return;
    const written = Promise.withResolvers<void>();
    waiting.push({ call, written });
    writing ??= setImmediate(writeAll);
    await written.promise;
  }

  /** What comes in one turn of the event loop is written in one go, in the order in which it came. */
  function writeAll(): void {
    clearImmediate(writing);
    writing = undefined;
    const now = waiting;
    waiting = [];
    try {
      writeTogether(now);
      for (const { written } of now) written.resolve();
    } catch (error) {
      for (const { written } of now) written.reject(error);
    }
  }

  function writeTogether(now: readonly Waiting[]): void {
    const fresh = new Map<string, Buffer>();
    for (const { call } of now) {
      if (places.has(call.key) || fresh.has(call.key)) continue;
      fresh.set(call.key, Buffer.from(`${JSON.stringify(call)}\n`));
    }
    if (fresh.size === 0) return;
    write(Buffer.concat([...fresh.values()]));
    for (const [key, line] of fresh) {
      places.set(key, { from: end, length: line.length - 1 });
      end += line.length;
    }
  }

  /** Half a line may stand there once it failed: nothing may come behind it. */
  function write(lines: Buffer): void {
    if (broken) throw broken;
    try {
      // To wait for it costs less than to send it through a thread: some tens of microseconds.
      appendFileSync(file.fd, lines);
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
      writeAll();
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
