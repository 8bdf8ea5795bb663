import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import type { EntryKind } from '../keyv-store.ts';
import { ENTRY_KINDS } from '../sealed/entry-kinds.ts';

/**
 * A backup is compressed lines of JSON: what it is, an entry each (`[kind, key, value as it was stored]`; without
 * a value: it was removed meanwhile), and at last how many there are and the SHA-256 of all lines before.
 */
const FORMAT = 1;

const headSchema = z.object({ dramatis: z.literal('backup'), format: z.int(), version: z.int().min(1) });
const endSchema = z.object({ entries: z.int().min(0), keys: z.array(z.string()), sha256: z.string() });
const kindSchema = z
  .string()
  .refine((kind): kind is EntryKind => (ENTRY_KINDS as readonly string[]).includes(kind));
const entrySchema = z.union([
  z.tuple([kindSchema, z.string()]),
  z.tuple([kindSchema, z.string(), z.unknown()]),
]);

/** One entry as it was stored; without `value` it was removed while the backup was made. */
export type BackupEntry = { readonly kind: EntryKind; readonly key: string; readonly value?: unknown };

export type BackupFacts = {
  /** The form in which the store was written. */
  readonly version: number;
  readonly entries: number;
  /** Ids of the keys that sealed what is in it. */
  readonly keys: readonly string[];
};

/**
 * Writes a backup; the file appears whole or not at all, readable by its owner only.
 *
 * @param keyOf the id of the key that sealed a value
 * @throws OperatorError where there is such a file, or it cannot be written
 */
export async function writeBackup(
  file: string,
  version: number,
  entries: AsyncIterable<BackupEntry>,
  keyOf: (value: unknown) => string | undefined,
  signal?: AbortSignal,
): Promise<BackupFacts> {
  if (existsSync(file)) throw new OperatorError(`There is a file ${file} already: choose another.`);
  const part = `${file}.part`;
  const [hash, keys] = [createHash('sha256'), new Set<string>()];
  let count = 0;

  async function* lines(): AsyncGenerator<string> {
    const hashed = (value: unknown): string => {
      const text = `${JSON.stringify(value)}\n`;
      hash.update(text);
      return text;
    };
    yield hashed({ dramatis: 'backup', format: FORMAT, version });
    for await (const { kind, key, value } of entries) {
      const id = keyOf(value);
      if (id !== undefined) keys.add(id);
      count += 1;
      yield hashed(value === undefined ? [kind, key] : [kind, key, value]);
    }
    yield `${JSON.stringify({ entries: count, keys: [...keys], sha256: hash.digest('hex') })}\n`;
  }

  try {
    rmSync(part, { force: true });
    const target = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(lines()), createGzip(), target, ...(signal ? [{ signal }] : []));
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    signal?.throwIfAborted();
    if (isOfFile(error))
      throw new OperatorError(
        `The backup ${file} cannot be written (${error.code}): choose another place.`,
        error,
      );
    throw error;
  }
  return { version, entries: count, keys: [...keys] };
}

/**
 * Reads a whole backup to its end. What it yields is sound only once it has ended: check it first
 * (`checkBackup`), then use it.
 *
 * @returns what the end of it says
 * @throws OperatorError where it is none, is damaged or was cut short, or a newer Dramatis wrote it
 */
export async function* readBackup(file: string): AsyncGenerator<BackupEntry, BackupFacts> {
  const hash = createHash('sha256');
  let version: number | undefined;
  let end: z.infer<typeof endSchema> | undefined;
  let entries = 0;
  try {
    for await (const line of linesOf(file)) {
      if (end) throw damaged(file);
      const read: unknown = JSON.parse(line);
      end = version === undefined ? undefined : endSchema.safeParse(read).data;
      if (end) continue;
      hash.update(`${line}\n`);
      if (version === undefined) {
        version = versionIn(read, file);
        continue;
      }
      const [kind, key, ...value] = entrySchema.parse(read);
      entries += 1;
      yield value.length > 0 ? { kind, key, value: value[0] } : { kind, key };
    }
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    if (isOfFile(error) && !error.code.startsWith('Z')) {
      throw new OperatorError(`The backup ${file} cannot be read (${error.code}).`, error);
    }
    throw damaged(file, error);
  }
  if (!end || version === undefined || end.entries !== entries || end.sha256 !== hash.digest('hex')) {
    throw damaged(file);
  }
  return { version, entries, keys: end.keys };
}

function versionIn(head: unknown, file: string): number {
  const { format, version } = headSchema.parse(head);
  if (format <= FORMAT) return version;
  throw new OperatorError(`A newer Dramatis wrote ${file}: restore it with that one.`);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const text = source.pipe(createGunzip()).setEncoding('utf8');
  source.on('error', (error) => text.destroy(error));
  let rest = '';
  try {
    for await (const piece of text) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    source.destroy();
  }
  if (rest !== '') yield rest;
}

/** Reads it to its end. @throws OperatorError as `readBackup` */
export async function checkBackup(file: string): Promise<BackupFacts> {
  const entries = readBackup(file);
  for (;;) {
    const next = await entries.next();
    if (next.done) return next.value;
  }
}

function damaged(file: string, cause?: unknown): OperatorError {
  return new OperatorError(
    `${file} is no whole backup: it is damaged or was cut short. Take another copy of it.`,
    cause,
  );
}

function isOfFile(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
