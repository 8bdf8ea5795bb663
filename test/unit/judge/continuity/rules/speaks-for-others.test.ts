import { expect, test } from 'vitest';
import { speaksForOthers } from '../../../../../src/judge/continuity/rules/speaks-for-others.ts';
import { bareLine, done, said } from '../known-to.ts';

test.each([
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
])('is not found: %s', (_name, segments) => {
  expect(speaksForOthers(bareLine(segments))).toBeUndefined();
});

test('who is not there can be told of', () => {
  expect(speaksForOthers(bareLine(done('Bertram nods.'), { others: [] }))).toBeUndefined();
});
