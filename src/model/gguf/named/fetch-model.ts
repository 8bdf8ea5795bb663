import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { OperatorError } from '../../../errors.ts';
import { diskError, noSpace, otherContent, otherSize, refused, unreachable, untold } from './fetch-errors.ts';
import { discardPart, type ModelPaths, pathsOf, sizeOf } from './model-paths.ts';
import { addressOf, type NamedModel } from './named-models.ts';
import { receiveFile } from './receive-file.ts';
import { type FileAnswer, requestFile } from './request-file.ts';

export type FetchOptions = {
  /** Where models are kept; made where it is not there. */
  readonly folder: string;
  /** The server, as in `MODELS_URL`. */
  readonly base: string;
  /** Told of the bytes that are there, of how many, with each piece. */
  readonly onProgress: (bytes: number, of: number) => void;
  readonly signal: AbortSignal;
  /** Bytes that the disk of a folder has left; the system is asked by default. */
  readonly freeBytes?: ((folder: string) => Promise<number>) | undefined;
  /** Milliseconds without a byte after which the download has broken off. */
  readonly silenceMs?: number | undefined;
};

/** Bytes that are left free beside a model. */
const KEPT_FREE = 64e6;
const SILENCE_MS = 60_000;

/**
 * Downloads a model, or the rest of it, and puts it in its place once size and SHA-256 are right.
 * What came before it broke off or was stopped stays, and is gone on from.
 *
 * @throws OperatorError in one line, or the signal's reason
 */
export async function fetchModel(model: NamedModel, options: FetchOptions): Promise<void> {
  const { folder, signal } = options;
  const paths = pathsOf(model, folder);
  try {
    await mkdir(folder, { recursive: true });
    const sha256 = (await isAllThere(model, paths)) ?? (await download(model, paths, options));
    await keepIfRight(model, sha256, paths, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof OperatorError ? error : (diskError(model, folder, error) ?? error);
  }
}

/** The hash to check where all bytes came and the program ended before it could look at them. */
async function isAllThere({ bytes, sha256 }: NamedModel, { part }: ModelPaths): Promise<string | undefined> {
  return bytes !== undefined && (await sizeOf(part)) === bytes ? sha256 : undefined;
}

/** @returns the SHA-256 that it has to have */
async function download(
  model: NamedModel,
  paths: ModelPaths,
  { folder, base, onProgress, signal, freeBytes = freeOf, silenceMs = SILENCE_MS }: FetchOptions,
): Promise<string> {
  const address = addressOf(model, base);
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new TypeError('Nothing came any more.')), silenceMs);
  const either = AbortSignal.any([signal, silence.signal]);
  try {
    const { answer, begin } = await requestRest(model, address, paths, either);
    const { response, sha256: announced } = answer;
    try {
      const sha256 = model.sha256 ?? announced;
      const told = sizeIn(response);
      const size = model.bytes ?? told;
      if (sha256 === undefined || size === undefined) throw untold(model, address);
      if (told !== undefined && told !== size) throw otherSize(model, size, told);
      const free = await freeBytes(folder);
      if (size - begin + KEPT_FREE > free) throw noSpace(model, folder, size - begin, free);
      await writeFile(paths.tag, strongTag(response));
      await receiveFile(model, response, { path: paths.part, begin, size }, timer, onProgress);
      return sha256;
    } finally {
      if (!response.body?.locked) await response.body?.cancel().catch(() => undefined);
    }
  } catch (error) {
    if (!silence.signal.aborted || error instanceof OperatorError) throw error;
    throw unreachable(address, error);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks for what is not there yet; for all of it where the server does not go on from there. */
async function requestRest(
  model: NamedModel,
  address: URL,
  paths: ModelPaths,
  signal: AbortSignal,
): Promise<{ readonly answer: FileAnswer; readonly begin: number }> {
  const begin = (await sizeOf(paths.part)) ?? 0;
  if (begin > 0) {
    const tag = await readFile(paths.tag, 'utf8').catch(() => '');
    const range = { range: `bytes=${begin}-`, ...(tag ? { 'if-range': tag } : {}) };
    const answer = await requestFile(model, address, range, signal);
    const { status, headers, body } = answer.response;
    if (status === 206 && headers.get('content-range')?.startsWith(`bytes ${begin}-`))
      return { answer, begin };
    if (status === 200) return { answer, begin: 0 };
    await body?.cancel();
    if (status !== 206 && status !== 416) throw refused(model, address, status);
    await discardPart(paths);
  }
  const answer = await requestFile(model, address, {}, signal);
  if (answer.response.status === 200) return { answer, begin: 0 };
  await answer.response.body?.cancel();
  throw refused(model, address, answer.response.status);
}

/** Bytes of the whole file, where the server says. */
function sizeIn({ status, headers }: Response): number | undefined {
  const text =
    status === 206 ? /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] : headers.get('content-length');
  return text ? Number(text) : undefined;
}

/** A weak tag says nothing of single bytes. */
function strongTag({ headers }: Response): string {
  const tag = headers.get('etag') ?? '';
  return tag.startsWith('"') ? tag : '';
}

/** @throws OperatorError where it was not what was asked for; then it is deleted */
async function keepIfRight(
  model: NamedModel,
  sha256: string,
  paths: ModelPaths,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(paths.part), hash, { signal });
  if (hash.digest('hex') !== sha256) {
    await discardPart(paths);
    throw otherContent(model);
  }
  await rename(paths.part, paths.whole);
  await rm(paths.tag, { force: true });
}

async function freeOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
