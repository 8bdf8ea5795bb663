import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bracePieces } from '../../../../src/lab/prompts/python/braces.ts';
import { assignmentsTo, functionsNamed } from '../../../../src/lab/prompts/python/look-up.ts';
import { reprOf } from '../../../../src/lab/prompts/python/repr.ts';
import { readStringLiteral } from '../../../../src/lab/prompts/python/string-literal.ts';
import { tokensOf } from '../../../../src/lab/prompts/python/tokens.ts';
import { textOf } from '../../../../src/lab/prompts/python/values.ts';

/** What `x` is first set to in a piece of source. */
function firstOf(source: string) {
  return assignmentsTo(tokensOf(source), 'x')[0]?.value;
}

describe('string literals', () => {
  test.each([
    [`'plain'`, 'plain'],
    [`"it's"`, "it's"],
    [String.raw`'it\'s \\ \"'`, `it's \\ "`],
    [String.raw`"a\nb\tc\a\x41\u00e9\U0001F600\101\0"`, 'a\nb\tc\u0007Aé😀A\0'],
    [String.raw`r'a\nb\'c'`, String.raw`a\nb\'c`],
    [String.raw`'\d \{'`, String.raw`\d \{`],
    ["'''one\n'two' \\\nthree'''", "one\n'two' three"],
    ['u"old"', 'old'],
    [`("in brackets, " # why\n 'side by ' "side")`, 'in brackets, side by side'],
    [`'a' 'b'`, 'ab'],
    ['f"no gap {{here}}"', 'no gap {here}'],
    ['""', ''],
  ])('%s', (literal, text) => {
    expect(textOf(firstOf(`x = ${literal}\n`))).toBe(text);
  });

  test.each([
    [`b'bytes'`],
    [String.raw`'\N{DASH}'`],
    [String.raw`'\xg0'`],
    [String.raw`'\U00110000'`],
    [`f'{open'`],
    [`f'}'`],
    [`'no end`],
    [`'a' + 'b'`],
    [`'a'.upper()`],
    [`'a' if y else 'b'`],
    ['y'],
  ])('%s is no text', (literal) => {
    expect(textOf(firstOf(`x = ${literal}\n`))).toBeUndefined();
  });

  test('gaps of f-strings', () => {
    expect(readStringLiteral(String.raw`f"a\t{ b['}'] }{c!r}{d:{e}}"`)).toEqual([
      'a\t',
      { field: "b['}']" },
      { field: 'c!r' },
      { field: 'd:{e}' },
    ]);
    expect(bracePieces('{a}{{b}}')).toEqual([{ field: 'a' }, '{', 'b', '}']);
  });
});

describe('looking things up', () => {
  const source = `
x = "of the file"
def f(x="of the head", *y):
\t"""x = 'of the docstring'"""
\tif y: x = "first"
\tself.x = "of another"
\tg(x="of a call")
\tx: str = (
"second")
\tx += f"third {y}"; z = 1
# x = "of a remark"

\tx = y["key"]

class C:
    def f(self):
        x = 'of a method'
x = {"a": {"b": 'deep', "c": ["d", e, "f" + g]}, **more, 1: "one", 'h': 2, 'i': "last",}
`;
  const tokens = tokensOf(source);

  test('a function’s own assignments, in order', () => {
    const [first = [], second = []] = functionsNamed(tokens, 'f');
    const found = assignmentsTo(first, 'x');
    expect(found.map(({ adds }) => adds)).toEqual([false, false, true, false]);
    expect(found.map(({ value }) => textOf(value))).toEqual(['first', 'second', undefined, undefined]);
    expect(found[2]?.value).toEqual({ kind: 'text', pieces: ['third ', { field: 'y' }] });
    expect(assignmentsTo(second, 'x').map(({ value }) => textOf(value))).toEqual(['of a method']);
    expect(functionsNamed(tokens, 'h')).toEqual([]);
  });

  test('dicts and lists; what is no literal is known to be there', () => {
    const value = assignmentsTo(tokens, 'x').at(-1)?.value;
    if (value?.kind !== 'dict') throw new Error('no dict');
    expect([...value.entries.keys()]).toEqual(['a', 'h', 'i']);
    expect(textOf(value.entries.get('i'))).toBe('last');
    const a = value.entries.get('a');
    const c = a?.kind === 'dict' ? a.entries.get('c') : undefined;
    expect(c?.kind === 'list' ? c.items.map(textOf) : undefined).toEqual(['d', undefined, undefined]);
  });
});

describe('lists as Python prints them', () => {
  test.each([
    [[], '[]'],
    [['Ann', "O'Neil", 'say "hi"', `both ' and "`], `['Ann', "O'Neil", 'say "hi"', 'both \\' and "']`],
    [
      ['\\', '\n\r\t', '\x7f\xa0', '\u200b', '\u{e0001}', 'Zoë 😀'],
      String.raw`['\\', '\n\r\t', '\x7f\xa0', '\u200b', '\U000e0001', 'Zoë 😀']`,
    ],
  ])('%#', (texts, printed) => {
    expect(reprOf(texts)).toBe(printed);
  });

  test('what is printed reads as what it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const value = firstOf(`x = ${reprOf(texts)}`);
        expect(value?.kind === 'list' ? value.items.map(textOf) : undefined).toEqual(texts);
      }),
    );
  });
});

describe('any file', () => {
  const scraps = fc.constantFrom(
    ...[
      'x',
      ' = ',
      '=',
      '+=',
      '"',
      "'",
      '"""',
      "'''",
      'f"',
      'r',
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      ',',
      ':',
      '\\',
    ],
    ...['\n', '    ', '\t', '#', 'def f():', 'return', 'é', '0', '{x}', '\r', ';', '.'],
  );

  test('every sign but blanks and remarks is in a token; nothing throws', () => {
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 60 }), (parts) => {
        const source = parts.join('');
        const tokens = tokensOf(source);
        for (const name of ['x', 'f']) {
          for (const body of functionsNamed(tokens, name)) assignmentsTo(body, 'x');
          assignmentsTo(tokens, name);
        }
        let left = source;
        for (const { text } of tokens) {
          left = left.replace(/^(?:[ \t\f\n]|\\\n|#[^\n]*(?:\n|$))*/u, '');
          expect(left.slice(0, text.length)).toBe(text);
          left = left.slice(text.length);
        }
        expect(left).toMatch(/^(?:[ \t\f\n]|\\\n|#[^\n]*(?:\n|$))*$/u);
      }),
    );
  });

  test('deep brackets and many strings come to an end', () => {
    const deep = 'x = '.concat('['.repeat(50_000), '"a"', ']'.repeat(50_000));
    expect(firstOf(deep)?.kind).toBe('list');
    const many = `x = ${'"a" '.repeat(20_000)}`;
    expect(textOf(firstOf(many))).toHaveLength(20_000);
    expect(firstOf(`x = ${'{"a": '.repeat(50_000)}`)?.kind).toBe('dict');
    expect(tokensOf('"""'.concat('x'.repeat(200_000)))).toHaveLength(1);
  });
});
