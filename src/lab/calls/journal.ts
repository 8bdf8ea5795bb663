import { appendFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { OperatorError } from '../../errors.ts';
import { type Call, callSchema } from './call.ts';
import { memoryPlaces, type Place, type Places } from './places.ts';

/**
 * Every answer that was got, one JSON object a line, appended as it comes and never rewritten. Kept
 * at hand are only keys and where their lines stand.
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
/** Lines whose places are written down together. */
const AT_ONCE = 10_000;

/**
 * Opens a journal, or begins one. A last line that was not finished is cut off; what else is no answer
 * is passed over, and asked again.
 *
 * @param places where they are kept at hand; it is closed with the journal
 * @throws OperatorError where the file cannot be used
 */
export async function openJournal(path: string, places: Places = memoryPlaces()): Promise<Journal> {
  let file: FileHandle;
  try {
    file = await open(path, 'a+', 0o600);
  } catch (error) {
    throw new OperatorError(`${path} cannot be written: check --out.`, error);
  }
  // What is known of a longer file is of another one.
  if ((await file.stat()).size < places.end) places.clear();
  let end = places.end;
  let waiting: Waiting[] = [];
  let writing: NodeJS.Immediate | undefined;
  let broken: unknown;

  let found: [string, Place][] = [];
  for await (const { line, from } of finishedLines(file, end)) {
    end = from + line.length + 1;
    const key = callIn(line.toString('utf8'))?.key;
    if (key !== undefined) found.push([key, { from, length: line.length }]);
    if (found.length < AT_ONCE) continue;
    places.add(found, end);
    found = [];
  }
  places.add(found, end);
  await file.truncate(end);

  async function read(key: string): Promise<Call | undefined> {
    const place = places.get(key);
    if (!place) return undefined;
    const { buffer } = await file.read(Buffer.alloc(place.length), 0, place.length, place.from);
    const call = callIn(buffer.toString('utf8'));
    if (call?.key === key) return call;
    // Somebody wrote in it meanwhile.
    throw new OperatorError(
      `${path} is not what it was: delete the index beside it (.calls.db), it is made anew.`,
    );
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
      // Half a line may stand there once it failed: nothing may come behind it.
      if (broken !== undefined) throw broken;
      writeTogether(now);
      for (const { written } of now) written.resolve();
    } catch (error) {
      broken ??= error;
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
    const added = [...fresh].map(([key, line]): [string, Place] => {
      const place = { from: end, length: line.length - 1 };
      end += line.length;
      return [key, place];
    });
    places.add(added, end);
  }

  function write(lines: Buffer): void {
    try {
      // To wait for it costs less than to send it through a thread: some tens of microseconds.
      appendFileSync(file.fd, lines);
    } catch (error) {
      throw new OperatorError(
        `${path} cannot be written any more: see whether the disk is full; what is in it is kept.`,
        error,
      );
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
      places.close();
      await file.close();
    },
  };
}

function callIn(line: string): Call | undefined {
  try {
    return callSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Lines that end, as bytes, with where they begin. @param start where a line begins */
async function* finishedLines(
  file: FileHandle,
  start: number,
): AsyncGenerator<{ readonly line: Buffer; readonly from: number }> {
  const chunk = Buffer.alloc(1 << 16);
  let rest: Buffer[] = [];
  let from = start;
  for (let at = start; ; ) {
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
