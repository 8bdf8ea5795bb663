import type { Collector } from './collector.ts';
import type { TextPiece } from './text-piece.ts';

const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [0x22, 0x5c, 0x2c, 0x0a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const BLANKS = new Set([0x20, 0x09, 0x0d]);

/**
 * The elements of a list, or objects one after the other, found by strings and brackets alone.
 *
 * One that is broken must not take the next ones with it. No string of JSON holds a line break, so each line
 * begins outside of strings; and an object that begins a line where elements of this file begin theirs is an
 * element, whatever is still open.
 */
export async function* elementsOf(
  chunks: AsyncIterable<string>,
  element: Collector,
): AsyncGenerator<TextPiece> {
  let at = 1;
  let depth = 0;
  /** Brackets that are open between elements: 1 in a list; undefined before the first bracket. */
  let ground: number | undefined;
  let [inString, escaped, isOver, begun] = [false, false, false, false];
  // Blanks before the first sign of a line; undefined once there was one.
  let indent: number | undefined = 0;
  let last = 0;
  /** Of the line on which the first element begins. */
  let margin: number | undefined;
  /** Each element stands on a line of its own, as the first one did. */
  let isLinewise: boolean | undefined;

  function* end(fault?: string): Generator<TextPiece> {
    const taken = element.take();
    if (begun) yield { at, ...taken, ...(fault === undefined ? {} : { fault }) };
    if (begun) isLinewise ??= true;
    at += 1;
    [begun, depth, inString, escaped] = [false, ground ?? 0, false, false];
  }

  for await (const chunk of chunks) {
    let from = 0;
    for (let place = 0; place < chunk.length && !isOver; place += 1) {
      const sign = chunk.charCodeAt(place);
      if (sign === NEWLINE) {
        // An element that is spread over lines has nothing but its bracket on the first.
        if (begun) isLinewise ??= last !== OPEN_OBJECT;
        [inString, escaped, indent] = [false, false, 0];
        continue;
      }
      if (BLANKS.has(sign)) {
        if (indent !== undefined) indent += 1;
        escaped = false;
        continue;
      }
      const before = indent;
      [indent, last] = [undefined, sign];
      if (inString) {
        if (escaped) escaped = false;
        else if (sign === BACKSLASH) escaped = true;
        else if (sign === QUOTE) inString = false;
        continue;
      }
      if (sign === QUOTE) inString = true;
      else if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
        if (ground === undefined) {
          ground = sign === OPEN_LIST ? 1 : 0;
          if (ground === 1) {
            [depth, from] = [1, place + 1];
            element.take();
            continue;
          }
        }
        // Where lines are not indented, objects inside of others begin there, too.
        const isTelling = before !== undefined && before === margin && (before > 0 || isLinewise);
        if (begun && isTelling && sign === OPEN_OBJECT) {
          element.add(chunk.slice(from, place));
          from = place;
          yield* end(depth > ground ? 'it is not closed where the next one begins' : undefined);
        }
        if (!begun) margin ??= before;
        depth += 1;
      } else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) {
        isOver = sign === CLOSE_LIST && ground === 1 && depth === 1;
        // One too many: the element is broken, and the list goes on.
        depth = Math.max(depth - 1, ground ?? 0);
      }
      const isClosed = ground === 0 && depth === 0 && sign === CLOSE_OBJECT;
      const isBetween = sign === COMMA && depth === ground;
      if (!isOver && !isBetween) begun = true;
      if (!isOver && !isBetween && !isClosed) continue;
      element.add(chunk.slice(from, isClosed ? place + 1 : place));
      from = place + 1;
      yield* end();
    }
    element.add(chunk.slice(from));
  }
  if (isOver) {
    if (!element.isBlank()) yield { at, ...element.take(), fault: 'it stands behind the end of the list' };
    return;
  }
  if (!element.isBlank()) {
    const isWhole = ground === 1 && depth === 1;
    yield { at, ...element.take(), isCut: true, ...(isWhole ? {} : { fault: 'the file breaks off in it' }) };
    at += 1;
    if (!isWhole) return;
  }
  if (ground === 1) {
    yield { at, text: undefined, begins: '', isCut: true, fault: 'the file breaks off: its list has no end' };
  }
}
