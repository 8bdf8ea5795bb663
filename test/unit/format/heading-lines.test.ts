import { describe, expect, test } from 'vitest';
import { createNames } from '../../../src/format/labels.ts';
import { createLineReader } from '../../../src/format/read-lines.ts';

/** Each part as `kind:text`. */
function read(text: string): string[] {
  const names = createNames({ name: 'Mara Vell' }, ['Tobin']);
  const parts = createLineReader(names, new Set(), false).read(text, false);
  return parts.map(({ kind, text: words }) => `${kind}:${words}`);
}

describe('a heading without any sign', () => {
  test.each<[string, string[]]>([
    ['HER THOUGHTS\nhe lies', ['thought:\nhe lies']],
    ['Fine.\nMARA VELL’S THOUGHTS\nhe lies', ['bare:Fine.\n', 'thought:\nhe lies']],
    ['Fine.\nprivate_thoughts\nhe lies', ['bare:Fine.\n', 'thought:\nhe lies']],
    ['\u00a0Inner thoughts\nhe lies', ['thought:\nhe lies']],
    ['Bueno.\nmonólogo interior\nmiente', ['bare:Bueno.\n', 'thought:\nmiente']],
    ['Bueno.\nMIS PENSAMIENTOS\nmiente', ['bare:Bueno.\n', 'thought:\nmiente']],
    ['Bon.\nmes pensées intérieures\nil ment', ['bare:Bon.\n', 'thought:\nil ment']],
    ['Bene.\nPENSIERI INTERIORI\nmente', ['bare:Bene.\n', 'thought:\nmente']],
    ['Bene.\nil mio monologo interiore\nmente', ['bare:Bene.\n', 'thought:\nmente']],
    ['Bom.\npensamentos internos\nele mente', ['bare:Bom.\n', 'thought:\nele mente']],
  ])('says what is below it: %j', (text, parts) => {
    expect(read(text)).toEqual(parts);
  });

  test.each([
    'system thinking, system thoughts, thinking process, thought process, my thought process',
    'here is my thought process, chain of thought, internal reasoning, hidden reasoning',
    'Systemdenken, Denkprozess, Gedankengang, inner thoughts, inner thinking, inner monologue, inner voice',
    'role thinking, internal thoughts, internal monologue, private thoughts, hidden thoughts, secret thoughts',
    'Gedanken, innere Gedanken, Rollendenken, Rollengedanken, innerer Monolog, innere Stimme',
    'Pensamientos, pensamientos internos, monólogo interior, Pensées, pensées intérieures, monologue intérieur',
    'Pensieri, pensieri interiori, monologo interiore, Pensamentos, pensamentos internos',
  ])('alone on its line is found in any case: %s', (all) => {
    for (const words of all.split(', ')) {
      for (const line of [words, words.toUpperCase(), `  ${words} `]) {
        expect(read(`Fine.\n${line}\nhe lies`).join()).toMatch(/^bare:Fine.\n,(?:thought|plan):/);
      }
    }
  });
});
