import type { ActorId, BeatOf } from './beat.ts';

/**
 * Which entries of lore each character's lines called up anew, as the lines stand now: what "stays for
 * so many lines" and "not again for so many" count from. Ids alone.
 */
export type LoreCalls = {
  /** Lines of which a version called any up, by the beat that is their place in the story. */
  readonly lines: Map<number, LoreLine>;
  /** Places of the lines that called an entry up, in order; by speaker, book and entry. */
  readonly places: Map<string, number[]>;
};

type LoreLine = {
  /** Keys of what each version called up, by its beat. */
  readonly versions: Map<number, readonly string[]>;
  standing: number;
};

type Spoken = BeatOf<'line'> | BeatOf<'whisper'>;

/** Nothing was called up yet. */
export function noLoreCalls(): LoreCalls {
  return { lines: new Map(), places: new Map() };
}

/** Takes a line or whisper in, in place; a swipe waits to be chosen. */
export function noteLore(calls: LoreCalls, beat: Spoken): void {
  const fresh = (beat.made?.lore ?? []).filter(({ why }) => why !== 'sticky');
  if (fresh.length === 0) return;
  const keys = fresh.map(({ book, entry }) => keyOf(beat.speaker.id, book, entry));
  const of = beat.kind === 'line' ? (beat.alternativeTo ?? beat.n) : beat.n;
  const line = calls.lines.get(of) ?? { versions: new Map(), standing: of };
  line.versions.set(beat.n, keys);
  calls.lines.set(of, line);
  if (line.standing === beat.n) put(calls, of, keys);
}

/** Of a line and its swipes, another version is the one that was said. */
export function chooseLore(calls: LoreCalls, { of, pick }: Pick<BeatOf<'choose'>, 'of' | 'pick'>): void {
  const line = calls.lines.get(of);
  if (!line) return;
  take(calls, of, line);
  line.standing = pick;
  put(calls, of, line.versions.get(pick) ?? []);
}

/** A line is gone, or a swipe: then what stood there first stands there again. */
export function dropLore(calls: LoreCalls, n: number): void {
  const line = calls.lines.get(n);
  if (line) {
    take(calls, n, line);
    calls.lines.delete(n);
    return;
  }
  for (const [of, { versions, standing }] of calls.lines) {
    if (standing === n) chooseLore(calls, { of, pick: of });
    versions.delete(n);
  }
}

/** The last line before beat `before` for which an entry was called up anew, by its speaker. */
export function lastCalled(
  { places }: LoreCalls,
  speaker: ActorId,
  book: string,
  entry: string,
  before = Number.POSITIVE_INFINITY,
): number | undefined {
  return places.get(keyOf(speaker, book, entry))?.findLast((n) => n < before);
}

function put({ places }: LoreCalls, of: number, keys: readonly string[]): void {
  for (const key of keys) {
    const known = places.get(key) ?? [];
    // Hardly ever anywhere but at the end.
    known.splice(known.findLastIndex((n) => n < of) + 1, 0, of);
    places.set(key, known);
  }
}

function take({ places }: LoreCalls, of: number, { versions, standing }: LoreLine): void {
  for (const key of versions.get(standing) ?? []) {
    places.set(key, places.get(key)?.filter((n) => n !== of) ?? []);
  }
}

function keyOf(speaker: ActorId, book: string, entry: string): string {
  return JSON.stringify([speaker, book, entry]);
}
