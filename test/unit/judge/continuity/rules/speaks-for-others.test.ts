import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../../../src/format/segments.ts';
import { speaksForOthers } from '../../../../../src/judge/continuity/rules/speaks-for-others.ts';
import { bareLine, done, said } from '../known-to.ts';

test.each<[string, Segment[], string]>([
  ['an action', done('Bertram nods and says that he is sorry.'), 'Bertram nods and says that he is sorry'],
  ['an action behind its own', done('sets down the jug. Mara smiles at last.'), 'Mara smiles at last'],
  ['in the past', done('She poured. Bertram slowly nodded.'), 'Bertram slowly nodded'],
  ['a thought', done('Voss wonders whether the inn is safe.'), 'Voss wonders whether the inn is safe'],
  ['a face', done("Mara's eyes widen in horror"), "Mara's eyes widen in horror"],
  ['words', said('"I never took it," says Mara.'), '" says Mara'],
  ['words before a verb', done('“Never,” Bertram replied.'), '” Bertram replied'],
  ['a line of its own', said('Sit down.\nBertram: As you wish.'), 'Bertram: As you wish.'],
  [
    'a player who is called you',
    done('pours a cup. You feel a chill run down.'),
    'You feel a chill run down',
  ],
  ['in German', done('stellt den Krug ab. Bertram nickt und seufzt.'), 'Bertram nickt und seufzt'],
  ['a line of signs', said(`Bertram: O ${'😀'.repeat(60)}`), `Bertram: O ${'😀'.repeat(60)}`],
  ['between marks', done('*Mara smiles at last.*'), 'Mara smiles at last'],
  ['somebody by their whole name', said('"Never," says Mara Voss.'), '" says Mara Voss'],
  ['words, and how they are said', done('“Never,” Mara softly replied.'), '” Mara softly replied'],
  ['you, and how you do it', done('You slowly nod.'), 'You slowly nod'],
  ...[
    'Bertram hopes for rain',
    'Bertram knelt down',
    'Mara agreed at once',
    'Mara denkt nach',
    'Bertram lächelte',
    'Voss dachte an Regen',
    'You remember the ford',
  ].map((quote): [string, Segment[], string] => [quote, done(`${quote}.`), quote]),
  ...['” stammered Mara', '“, sagt Bertram', '“ flüsterte Voss'].map((quote): [string, Segment[], string] => [
    quote,
    done(`„Nie!${quote}.`),
    quote,
  ]),
])('%s', (_name, segments, quote) => {
  expect(speaksForOthers(bareLine(segments))).toBe(quote);
});

test.each([
  ['a mention', said('Bertram was here at noon, and Mara saw him.')],
  ['an address', said('Bertram, nod if you understand me.')],
  ['what it sees', done('watches as Bertram nods')],
  ['what it does to them', done('takes Mara by the arm and smiles at Bertram')],
  ['what they look like', done('Bertram stands by the door; she does not look at him.')],
  ['what they said, told again', said('"I never took it," said Mara, and I believed her.')],
  ['what is said of them', said('Bertram thinks the world of you. Mara says he will come.')],
  ['its own name', done('Mira nods and smiles.')],
  ['a question to you', said('You think so? You feel it too, then.')],
  ['what a face is like', done('Mara’s eyes are grey.')],
  ['a letter', said('Dear Mara: forgive me.')],
  ['a word that only begins like one', done('You thinkers are all alike. Bertram bowser.')],
])('is not found: %s', (_name, segments) => {
  expect(speaksForOthers(bareLine(segments))).toBeUndefined();
});

test('who is not there can be told of', () => {
  for (const line of [done('Bertram nods.'), done('waits.  smiles again.'), said('“Never,” says Mara.')]) {
    expect(speaksForOthers(bareLine(line, { others: [] }))).toBeUndefined();
  }
});

describe('a name', () => {
  test.each([['Jean-Luc'], ['Mr. Bennet'], ['O’Hara'], ['R2/D2'], ['(K)'], ['Who?'], ['a^b$c|d']])(
    'may be %s',
    (name) => {
      expect(speaksForOthers(bareLine(done(`${name} nods.`), { others: [[name]] }))).toBe(`${name} nods`);
      expect(speaksForOthers(bareLine(done('Nobody nods.'), { others: [[name]] }))).toBeUndefined();
    },
  );

  test('is found whole, whichever of somebody’s names comes first', () => {
    const others = [['Mara', 'Mara Voss']];
    expect(speaksForOthers(bareLine(said('"Never," says Mara Voss.'), { others }))).toBe('" says Mara Voss');
  });

  test('of one letter is none, and one’s own is not another’s in any case', () => {
    expect(speaksForOthers(bareLine(done('K nods.'), { others: [['K']] }))).toBeUndefined();
    expect(speaksForOthers(bareLine(done('MIRA nods.'), { others: [['MIRA']] }))).toBeUndefined();
  });
});
