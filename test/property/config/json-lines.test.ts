import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJsonLines } from '../../../src/config/json-lines.ts';

type Step = string | number;

/** Every value with the path to it. */
function* pathsIn(
  value: unknown,
  path: readonly Step[] = [],
): Generator<readonly [readonly Step[], unknown]> {
  yield [path, value];
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* pathsIn(one, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) yield* pathsIn(one, [...path, key]);
  }
}

/** Writes JSON with every value on a line of its own, and notes on which. */
function writeByLines(value: unknown): { text: string; lines: Map<string, number> } {
  const lines = new Map<string, number>();
  let text = '';
  const write = (one: unknown, path: readonly Step[]): void => {
    lines.set(JSON.stringify(path.map(String)), text.split('\n').length);
    if (Array.isArray(one)) {
      text += '[';
      for (const [index, part] of one.entries()) {
        text += index === 0 ? '\n' : ' ,\n';
        write(part, [...path, index]);
      }
      text += '\r\n]';
    } else if (typeof one === 'object' && one !== null) {
      text += '{';
      for (const [index, [key, part]] of Object.entries(one).entries()) {
        text += `${index === 0 ? '' : ','}\n${JSON.stringify(key)}\t:\n `;
        write(part, [...path, key]);
      }
      text += '}';
    } else text += JSON.stringify(one);
  };
  write(value, []);
  return { text, lines };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the lines of a JSON text', () => {
  test('are those on which its values were written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { text, lines } = writeByLines(value);
        const read = readJsonLines(text);
        expect(read.fault).toBeUndefined();
        for (const [path] of pathsIn(value)) {
          expect(read.lineOf(path)).toBe(lines.get(JSON.stringify(path.map(String))));
        }
      }),
    );
  });

  test('tell of a fault exactly where JSON.parse refuses the text', () => {
    const nearlyJson = fc
      .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.nat(3), fc.string({ maxLength: 3, unit: 'binary' }))
      .map(([json, at, gone, put]) => {
        const from = at % (json.length + 1);
        return json.slice(0, from) + put + json.slice(from + gone);
      });
    const signs = fc.string({ unit: fc.constantFrom(...'{}[]",:0129.-+eEtruefalsn\\u \n\t\u0001\u007f') });
    fc.assert(
      fc.property(fc.oneof(nearlyJson, signs), (text) => {
        const { fault } = readJsonLines(text);
        expect(fault === undefined).toBe(isJson(text));
        if (fault !== undefined) expect(fault).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 500 },
    );
  });
});

test('a fault is told on the line where it is', () => {
  expect(readJsonLines('{\n  "a": 1,\n  "b": tru\n}').fault).toBe(3);
  expect(readJsonLines('{\n  "a": 1\n  "b": 2\n}').fault).toBe(3);
  expect(readJsonLines('{}\n\nmore').fault).toBe(3);
  expect(readJsonLines('').fault).toBe(1);
});

test('what is missing is told on the line of what it is missing in', () => {
  const { lineOf } = readJsonLines('{\n  "levels": {\n    "server": {}\n  }\n}');
  expect(lineOf(['levels', 'server', 'peek'])).toBe(3);
  expect(lineOf(['levels', 'channel/1'])).toBe(2);
  expect(lineOf(['version'])).toBe(1);
});

test('of a key that stands twice the last one counts, as for JSON.parse; it is told', () => {
  const { lineOf, twice } = readJsonLines('{\n"a": 1,\n"b": [{ "c": 1 }, { "c": 1,\n"c": 2 }],\n"a": 2}');
  expect(lineOf(['a'])).toBe(5);
  expect(twice).toEqual([
    { key: 'c', line: 4 },
    { key: 'a', line: 5 },
  ]);
  expect(readJsonLines('[{ "a": 1 }, { "a": 1 }]').twice).toEqual([]);
});

test('no nesting is too deep to be refused', () => {
  expect(readJsonLines('[\n'.repeat(100_000)).fault).toBe(66);
});
