import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { readCard } from '../../../../src/cast/cards/read-card.ts';

// What a file is told to be wrong with is read by people who may not read the card.
function told(text: string, fileName: string): string {
  try {
    return readCard(Buffer.from(text), fileName).warnings.join('\n');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('what is told of a fault names its place and quotes nothing', () => {
  test.each([
    ['an unquoted text', '{"name":"Ada","description":SECRET murder}', 'holds broken JSON (Unexpected token'],
    ['a short file', '{"name": SECRET}', 'holds broken JSON (Unexpected token'],
  ])('JSON: %s', (_, text, reason) => {
    const what = told(text, 'ada.json');
    expect(what).toContain(reason);
    expect(what).not.toContain('SECRET');
  });

  test.each([
    [
      'a bad head of a block',
      'name: Ada\ndescription: |SECRET murder\n',
      'header includes extra characters (line 2)',
    ],
    ['a tag of nowhere', 'name: Ada\ndescription: !SECRET!x murder\n', 'Could not resolve tag (line 2)'],
    ['a bracket too many', 'name: Ada\n]SECRET murder\n', '(line 2)'],
    ['a sentence as a key', 'name: Ada\nSECRET is: a\nSECRET is: b\n', 'a key stands twice (line 3)'],
  ])('YAML: %s', (_, text, reason) => {
    const what = told(text, 'ada.yaml');
    expect(what).toContain(reason);
    expect(what).not.toContain('SECRET');
  });

  test('YAML with a mapping as a key warns nobody behind our back', () => {
    const seen: unknown[] = [];
    const { emitWarning } = process;
    process.emitWarning = (warning: string | Error) => void seen.push(warning);
    try {
      told('name: Ada\n? {SECRET: murder}\n: x\n', 'ada.yaml');
    } finally {
      process.emitWarning = emitWarning;
    }
    expect(seen).toEqual([]);
  });

  test('a thought that nothing closes', () => {
    const line = '<role_thinking>SECRET murder';
    const card = {
      name: 'Ada',
      first_mes: line,
      alternate_greetings: ['Hello.', line],
      group_only_greetings: [line],
    };
    const what = told(
      JSON.stringify({ ...card, extensions: { dramatis: { declines: [line], examples: [line] } } }),
      'a.json',
    );
    expect(what).toBe(
      ['first_mes', 'alternate_greetings[1]', 'examples', 'group_only_greetings[0]', 'declines[0]']
        .map((field) => `a line of \`${field}\` cannot be read and was left out`)
        .join('\n'),
    );
  });
});
