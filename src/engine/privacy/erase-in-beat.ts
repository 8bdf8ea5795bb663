import { type ActorId, type Beat, type BeatOf, beatSchema } from '../../scene/beat.ts';

/** What stands where a person's name stood in a log. */
export const LEFT = 'Someone who left';

/** What becomes of ids, and of words that others wrote. */
export type Cleaning = {
  readonly ids: ReadonlyMap<ActorId, ActorId>;
  readonly words: (text: string) => string;
};

/**
 * What is left of a beat whose words were theirs. Comings and goings, rooms and the time that went by
 * stay, without a word; anything else is a beat that takes back itself, so that nobody perceives it.
 */
export function withoutWords(beat: Beat): Beat {
  switch (beat.kind) {
    case 'entrance': {
      const { text: _text, persona: _persona, ...kept } = beat;
      return kept;
    }
    case 'exit':
    case 'change': {
      const { text: _text, ...kept } = beat;
      return kept;
    }
    case 'room':
      return { ...beat, name: 'a room' };
    case 'time':
      // What a clock says is the engine's own words.
      return beat.clock === undefined ? { ...beat, text: 'Time goes by.' } : beat;
    default:
      return takenBack(beat);
  }
}

function takenBack({ n, at, origin, witnesses, seen, place, source }: Beat): BeatOf<'retract'> {
  return {
    n,
    at,
    origin,
    witnesses,
    ...(seen === undefined ? {} : { seen }),
    ...(place === undefined ? {} : { place }),
    ...(source === undefined ? {} : { source }),
    kind: 'retract',
    of: n,
  };
}

/** A beat of whomever in which nothing names them, points at them or repeats them. */
export function cleaned(beat: Beat, cleaning: Cleaning): Beat {
  return beatSchema.parse(cleanValue(beat, cleaning, (field) => WRITTEN.has(field)));
}

// Fields of beats whose text someone wrote; all others hold ids, kinds and figures.
const WRITTEN: ReadonlySet<string> = new Set(['text', 'why', 'name', 'sheet']);

/** The same for any JSON value. `isWritten`: whether a field's text is somebody's words. */
export function cleanValue(
  value: unknown,
  cleaning: Cleaning,
  isWritten: (field: string) => boolean,
  field = '',
): unknown {
  const { ids, words } = cleaning;
  if (typeof value === 'string') return ids.get(value) ?? (isWritten(field) ? words(value) : value);
  if (Array.isArray(value)) return value.map((one) => cleanValue(one, cleaning, isWritten, field));
  if (typeof value !== 'object' || value === null) return value;
  const becomes = 'id' in value && typeof value.id === 'string' ? ids.get(value.id) : undefined;
  if (becomes !== undefined && 'name' in value) return { ...value, id: becomes, name: nameFor(becomes) };
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, cleanValue(inner, cleaning, isWritten, key)]),
  );
}

function nameFor(id: ActorId): string {
  return id.startsWith('walk-on:') ? id.slice('walk-on:'.length) : LEFT;
}
