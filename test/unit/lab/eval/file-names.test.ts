import { describe, expect, test } from 'vitest';
import { fileNamesOf } from '../../../../src/lab/eval/file-names.ts';

describe('file names of scenes', () => {
  test('are their ids, where those can be', () => {
    expect(fileNamesOf(['King Lear-17-0', 'Émile #1, (anew)-2-0'])).toEqual([
      'King Lear-17-0',
      'Émile #1, (anew)-2-0',
    ]);
  });

  test('hold nothing that a file system refuses', () => {
    const names = fileNamesOf(['../../etc/x-0-0', 'a\u0000b\u001b[2J-0-0', 'c:\\d-0-0', '<e>|"f"*?-0-0']);
    for (const name of names) expect(name).toMatch(/^[^/\\:*?"<>|\p{Cc}]+$/u);
  });

  test.each(['a', 'é', '語', '🎭'])('are not too long: %s', (letter) => {
    const [name = ''] = fileNamesOf([`${letter.repeat(400)}-0-0`]);
    expect(Buffer.byteLength(`${name}.json`)).toBeLessThan(250);
    expect(name.isWellFormed()).toBe(true);
    expect(name).not.toContain('\uFFFD');
  });

  test('are no two alike', () => {
    const long = 'x'.repeat(300);
    const names = fileNamesOf(['A/B-0-0', 'A_B-0-0', 'a_b-0-0', `${long}-0-0`, `${long}-0-1`]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5);
  });
});
