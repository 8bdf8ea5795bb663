import type { Attachment } from 'discord.js';
import type { Upload } from '../../../engine/command/command.ts';
import { mostBytesOf, mostInWords } from '../../../engine/command/upload-limit.ts';
import { PlayerError } from '../../../errors.ts';
import { say } from '../../../words/text.ts';

const PATIENCE_MS = 20_000;

/** A file that somebody hands over in a command or a form, as Discord tells of it. */
export type Handed = Pick<Attachment, 'name' | 'url' | 'size'>;

/** Where Discord keeps files (`rest.cdn` of its client), and until when they are wanted. */
export type Keeping = { readonly cdn: string; readonly signal: AbortSignal };

/** Discord's own hosts for files; the second hands out pictures in other sizes. */
const DISCORD_HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/**
 * The file itself.
 * @throws PlayerError where it is too large, or Discord does not hand it over
 */
export async function uploadOf(handed: Handed, keeping: Keeping): Promise<Upload> {
  const bytes = await bytesOf(handed, mostBytesOf(handed.name), mostInWords(handed.name), keeping);
  return { name: handed.name, bytes };
}

/**
 * Its bytes, from the address that Discord gave, where that is Discord's: no other place is asked, and none that
 * it sends on to, so that nobody can have us look into the network that we run in. What Discord says of its size is looked at
 * before any is fetched, and what comes is counted all the same.
 * @param inWords the limit as people read it
 */
export async function bytesOf(
  { url, size }: Omit<Handed, 'name'>,
  most: number,
  inWords: string,
  { cdn, signal }: Keeping,
): Promise<Uint8Array> {
  if (!isDiscords(url, cdn)) throw notHandedOver();
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

function isDiscords(url: string, cdn: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, origin, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  if (origin === new URL(cdn).origin) return true;
  return protocol === 'https:' && port === '' && DISCORD_HOSTS.has(hostname);
}

function notHandedOver(): PlayerError {
  return new PlayerError('Discord does not hand that file over. Choose it once more.');
}

async function* bodyOf(url: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    const answer = await fetch(url, { signal, redirect: 'error' });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    yield* answer.body ?? [];
  } catch {
    throw notHandedOver();
  }
}
