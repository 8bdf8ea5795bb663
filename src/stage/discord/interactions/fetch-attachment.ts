import type { Attachment } from 'discord.js';
import type { Upload } from '../../../engine/command/command.ts';
import { mostBytesOf, mostInWords } from '../../../engine/command/upload-limit.ts';
import { PlayerError } from '../../../errors.ts';
import { say } from '../../../words/text.ts';

const PATIENCE_MS = 20_000;

/** A file that somebody hands over in a command or a form, as Discord tells of it. */
export type Handed = Pick<Attachment, 'name' | 'url' | 'size'>;

/**
 * The file itself.
 * @throws PlayerError where it is too large, or Discord does not hand it over
 */
export async function uploadOf(handed: Handed, signal: AbortSignal): Promise<Upload> {
  const bytes = await bytesOf(handed, mostBytesOf(handed.name), mostInWords(handed.name), signal);
  return { name: handed.name, bytes };
}

/**
 * Its bytes, from the address that Discord gave and no other. What Discord says of its size is looked at
 * before any is fetched, and what comes is counted all the same.
 * @param inWords the limit as people read it
 */
export async function bytesOf(
  { url, size }: Omit<Handed, 'name'>,
  most: number,
  inWords: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const tooLarge = () =>
    new PlayerError(say('That file is too large: {{most}} is the most that is read.', { most: inWords }));
  if (size > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of bodyOf(url, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]))) {
    read += chunk.length;
    // Leaving the loop breaks the transfer off.
    if (read > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, read);
}

async function* bodyOf(url: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    const answer = await fetch(url, { signal, redirect: 'error' });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    yield* answer.body ?? [];
  } catch {
    throw new PlayerError('Discord does not hand that file over. Choose it once more.');
  }
}
